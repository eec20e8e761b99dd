package io.tickformer.kafka.registry;

import io.tickformer.annotation.Internal;
import io.tickformer.annotation.Nullable;
import io.tickformer.kafka.PayloadFormat;
import java.io.Serializable;
import java.util.Objects;
import org.apache.avro.Schema;

/**
 * The format of written records.
 *
 * @param payload Avro or JSON
 * @param registry the registry for Avro schemas, under the subject {@code TOPIC-value}; null with
 *     JSON
 */
@Internal
public record OutputFormat(PayloadFormat payload, @Nullable RegistrySettings registry)
        implements Serializable {

    public OutputFormat {
        Objects.requireNonNull(payload, "payload");
        if (payload == PayloadFormat.AVRO) {
            Objects.requireNonNull(registry, "registry");
        }
    }

    /** Avro in the Confluent wire format. */
    public static OutputFormat avro(RegistrySettings registry) {
        return new OutputFormat(PayloadFormat.AVRO, registry);
    }

    /** JSON objects. */
    public static OutputFormat json() {
        return new OutputFormat(PayloadFormat.JSON, null);
    }

    /** Registers the schema of a topic's values and returns its id. */
    public int register(String topic, Schema schema) throws RegistryException {
        return new SchemaRegistryClient(registry).register(topic + "-value", schema);
    }
}
