package io.tickformer.job;

import io.tickformer.annotation.Public;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of the Kafka cluster. */
@Public
public final class KafkaOptions {
    /** Settings with this prefix are passed to each Kafka client unchanged, without the prefix. */
    public static final String PROPERTIES_PREFIX = "kafka.properties.";

    public static final ConfigOption<String> BOOTSTRAP_SERVERS =
            ConfigOptions.key("kafka.bootstrap-servers")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Bootstrap brokers, host:port, separated by commas.");

    public static final ConfigOption<String> GROUP_ID =
            ConfigOptions.key("kafka.group-id")
                    .stringType()
                    .defaultValue("tickformer")
                    .withDescription(
                            "Consumer group whose committed offsets tell how far the job has"
                                    + " read.");

    public static final ConfigOption<Boolean> PREFLIGHT =
            ConfigOptions.key("kafka.preflight")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Checks before the job starts: the brokers are reachable, the input"
                                    + " topics exist, and the schema registry, if needed, is"
                                    + " reachable. Creates missing output topics with the brokers'"
                                    + " defaults. Disable it if the submitting machine cannot reach"
                                    + " the brokers. Without it, a job that starts again without a"
                                    + " savepoint continues at its committed offsets with empty"
                                    + " contexts.");

    private KafkaOptions() {}
}
