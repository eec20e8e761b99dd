package io.tickformer.kafka;

import io.tickformer.annotation.Internal;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/**
 * How to reach a Kafka cluster.
 *
 * @param bootstrapServers bootstrap brokers, {@code host:port}, separated by commas
 * @param properties further properties for every client, such as security settings. {@link
 *     SecretReferences} in them are resolved in the process that creates the client
 */
@Internal
public record KafkaConnection(String bootstrapServers, Map<String, String> properties)
        implements Serializable {

    public KafkaConnection {
        Objects.requireNonNull(bootstrapServers, "bootstrapServers");
        properties = new TreeMap<>(properties);
    }

    /** A connection without further properties. */
    public static KafkaConnection of(String bootstrapServers) {
        return new KafkaConnection(bootstrapServers, Map.of());
    }

    /** The properties for a Kafka client. The client resolves the references in them. */
    public Properties clientProperties() {
        Properties all = new Properties();
        all.putAll(properties);
        all.setProperty("bootstrap.servers", bootstrapServers);
        SecretReferenceProvider.addTo(all);
        return all;
    }

    /** An exception for a failed operation: what failed, why, and what to do. */
    public IOException failed(String what, Throwable why) {
        return new IOException(
                "%s at %s: %s".formatted(what, bootstrapServers, ConnectionAdvice.onBrokers(why)),
                why);
    }

    /**
     * Creates an admin client, which connects on first use.
     *
     * @param timeout of a request
     * @throws IOException if Kafka does not accept the properties; the message says why
     */
    public Admin admin(Duration timeout) throws IOException {
        Properties client = clientProperties();
        int millis = Math.toIntExact(timeout.toMillis());
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        try {
            return Admin.create(client);
        } catch (KafkaException e) {
            throw refused(e);
        }
    }

    /** An exception for properties that Kafka rejects: why, and what to do. */
    public IOException refused(KafkaException why) {
        return new IOException(
                "cannot create a client for the brokers at %s: %s; check the settings under kafka.properties"
                        .formatted(bootstrapServers, ConnectionAdvice.onBrokers(why)),
                why);
    }

    /** Hides secrets. */
    @Override
    public String toString() {
        return "KafkaConnection[%s, %s]"
                .formatted(bootstrapServers, SecretMasking.shown(properties));
    }
}
