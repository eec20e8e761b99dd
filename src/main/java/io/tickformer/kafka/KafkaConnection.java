package io.tickformer.kafka;

import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;

/**
 * How to reach a Kafka cluster.
 *
 * @param bootstrapServers brokers to ask first, {@code host:port}, separated by commas
 * @param properties further properties of every client, such as those of security, in which {@link
 *     References} are left to be resolved by the process that makes a client
 */
public record KafkaConnection(String bootstrapServers, Map<String, String> properties)
        implements Serializable {

    public KafkaConnection {
        Objects.requireNonNull(bootstrapServers, "bootstrapServers");
        properties = new TreeMap<>(properties);
    }

    /** Brokers that need no further properties. */
    public static KafkaConnection of(String bootstrapServers) {
        return new KafkaConnection(bootstrapServers, Map.of());
    }

    /** The properties as Kafka's clients take them; the clients resolve references in them. */
    public Properties clientProperties() {
        Properties all = new Properties();
        all.putAll(properties);
        all.setProperty("bootstrap.servers", bootstrapServers);
        ReferenceProvider.addTo(all);
        return all;
    }

    /** Says that something cannot be done with the brokers, why, and what to do. */
    public IOException failed(String what, Throwable why) {
        return new IOException(
                "%s at %s: %s".formatted(what, bootstrapServers, ConnectionAdvice.onBrokers(why)),
                why);
    }

    /** Says that Kafka does not accept the properties, why, and what to do. */
    public IOException refused(KafkaException why) {
        return new IOException(
                "no client can be made for the brokers at %s: %s; check what is set under kafka.properties"
                        .formatted(bootstrapServers, ConnectionAdvice.onBrokers(why)),
                why);
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "KafkaConnection[%s, %s]".formatted(bootstrapServers, Secrets.shown(properties));
    }
}
