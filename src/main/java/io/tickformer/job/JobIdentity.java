package io.tickformer.job;

import io.tickformer.annotation.Internal;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * The identity of a job among others on the same brokers: consumer group, input topics and output
 * topic. It is the same at each start of the job.
 */
@Internal
public final class JobIdentity {
    private static final int LONGEST = 150;

    private JobIdentity() {}

    /** The unique name of the job. */
    static String of(JobSettings settings) {
        return "%s-%s-%s"
                .formatted(
                        settings.get(KafkaOptions.GROUP_ID),
                        String.join("-", new TreeSet<>(settings.get(SourceOptions.TOPICS))),
                        settings.get(SinkOptions.TOPIC));
    }

    /**
     * The prefix of the job's transactional ids: the one in the settings, or else the job's name.
     */
    static String transactionalIdPrefix(JobSettings settings) {
        return settings.find(SinkOptions.TRANSACTIONAL_ID_PREFIX).orElseGet(() -> of(settings));
    }

    /** The name of the job as a valid folder name. */
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
