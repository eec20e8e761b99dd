package io.tickformer.job;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The Kafka cluster. */
public final class KafkaOptions {
    /** Settings with this prefix go to every Kafka client as they are. */
    public static final String PROPERTIES_PREFIX = "kafka.properties.";

    public static final ConfigOption<String> BOOTSTRAP_SERVERS =
            ConfigOptions.key("kafka.bootstrap-servers")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Brokers to ask first, host:port, separated by commas.");

    public static final ConfigOption<String> GROUP_ID =
            ConfigOptions.key("kafka.group-id")
                    .stringType()
                    .defaultValue("tickformer")
                    .withDescription(
                            "Consumer group whose committed offsets show how far the job has read.");

    public static final ConfigOption<Boolean> PREFLIGHT =
            ConfigOptions.key("kafka.preflight")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Before the job starts, ask the brokers whether they are there and have"
                                    + " the input topics, create output topics that are missing with"
                                    + " the brokers' defaults, and ask the schema registry, if one is"
                                    + " needed, whether it is there. Turn it off where the job is"
                                    + " submitted from a machine that does not reach them.");

    private KafkaOptions() {}
}
