package io.tickformer.kafka.topic;

import java.util.Map;
import java.util.TreeMap;

/**
 * The Kafka release that belongs to a level of the feature {@code metadata.version}. Brokers do not
 * tell their version to clients, but they tell this level, which an administrator raises after an
 * upgrade.
 */
final class KafkaRelease {
    /** The first level of each release, as in Kafka's {@code MetadataVersion}. */
    private static final TreeMap<Integer, String> FIRST_LEVELS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry(7, "3.3"),
                            Map.entry(8, "3.4"),
                            Map.entry(9, "3.5"),
                            Map.entry(12, "3.6"),
                            Map.entry(15, "3.7"),
                            Map.entry(20, "3.8"),
                            Map.entry(21, "3.9"),
                            Map.entry(22, "4.0"),
                            Map.entry(26, "4.1"),
                            Map.entry(28, "4.2"),
                            Map.entry(30, "4.3")));

    private KafkaRelease() {}

    /** The release, such as {@code 4.1}; empty for an older level. */
    static String of(int level) {
        Map.Entry<Integer, String> release = FIRST_LEVELS.floorEntry(level);
        return release == null ? "" : release.getValue();
    }
}
