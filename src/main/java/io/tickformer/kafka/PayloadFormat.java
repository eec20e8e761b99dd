package io.tickformer.kafka;

import io.tickformer.annotation.Internal;

/** The format of a record's value. */
@Internal
public enum PayloadFormat {
    /** Avro in the Confluent wire format: a zero byte, a schema id, the binary encoding. */
    AVRO,
    /** One JSON object in UTF-8. */
    JSON
}
