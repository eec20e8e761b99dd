package io.tickformer.job;

import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * What tells a job from others on the same brokers: its consumer group, what it reads and what it
 * writes. It does not change from one start of a job to the next.
 */
public final class JobIdentity {
    private static final int LONGEST = 150;

    private JobIdentity() {}

    /** A name of the job's own, for its transactions. */
    static String of(JobSettings settings) {
        return "%s-%s-%s"
                .formatted(
                        settings.get(KafkaOptions.GROUP_ID),
                        String.join("-", new TreeSet<>(settings.get(SourceOptions.TOPICS))),
                        settings.get(SinkOptions.TOPIC));
    }

    /** The beginning of the ids of the job's transactions: the one that is set, else its name. */
    static String transactionalIdPrefix(JobSettings settings) {
        return settings.find(SinkOptions.TRANSACTIONAL_ID_PREFIX).orElseGet(() -> of(settings));
    }

    /** The name of the job as that of a folder. */
    public static String folder(JobSettings settings) {
        String name = of(settings);
        String safe = name.replaceAll("[^A-Za-z0-9._-]", "_");
        if (safe.equals(name) && name.length() <= LONGEST) {
            return name;
        }
        CRC32 sum = new CRC32();
        sum.update(name.getBytes(StandardCharsets.UTF_8));
        return "%s-%08x"
                .formatted(safe.substring(0, Math.min(LONGEST, safe.length())), sum.getValue());
    }
}
