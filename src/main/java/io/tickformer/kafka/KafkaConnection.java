package io.tickformer.kafka;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;

/**
 * How to reach a Kafka cluster.
 *
 * @param bootstrapServers brokers to ask first, {@code host:port}, separated by commas
 * @param properties further properties of every client, such as those of security
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

    /** The properties as Kafka's clients take them. */
    Properties clientProperties() {
        Properties all = new Properties();
        all.putAll(properties);
        all.setProperty("bootstrap.servers", bootstrapServers);
        return all;
    }
}
