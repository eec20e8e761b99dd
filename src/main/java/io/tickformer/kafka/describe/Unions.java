package io.tickformer.kafka.describe;

import org.apache.avro.Schema;

/** The unions of our schemas: null and one other type. */
final class Unions {

    private Unions() {}

    /** The type beside null. */
    static Schema present(Schema union) {
        for (Schema type : union.getTypes()) {
            if (type.getType() != Schema.Type.NULL) {
                return type;
            }
        }
        throw new IllegalArgumentException(union + " holds null only");
    }
}
