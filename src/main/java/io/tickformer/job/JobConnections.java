package io.tickformer.job;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.registry.RegistrySettings;
import java.net.URI;
import java.time.Duration;

/** Creates the connections to the brokers and the schema registry from the settings of a job. */
@Internal
public final class JobConnections {
    private JobConnections() {}

    /** The connection to the brokers. */
    public static KafkaConnection kafka(JobSettings settings) {
        return new KafkaConnection(
                settings.get(KafkaOptions.BOOTSTRAP_SERVERS), settings.kafkaProperties());
    }

    /** The connection to the schema registry, whose address must be set. */
    public static RegistrySettings registry(JobSettings settings) {
        return new RegistrySettings(
                URI.create(settings.get(RegistryOptions.URL)),
                settings.get(RegistryOptions.TIMEOUT),
                settings.get(RegistryOptions.ATTEMPTS),
                RegistrySettings.DEFAULT_PAUSE,
                RegistrySslOptions.access(settings));
    }

    /**
     * The time after which a broker ends a transaction. A property of the Kafka clients takes
     * precedence over the job's own setting.
     */
    static Duration transactionTimeout(JobSettings settings) {
        String millis = settings.kafkaProperties().get("transaction.timeout.ms");
        return millis != null && millis.matches("\\d{1,18}")
                ? Duration.ofMillis(Long.parseLong(millis))
                : settings.get(SinkOptions.TRANSACTION_TIMEOUT);
    }
}
