package io.tickformer.kafka.registry;

import io.tickformer.annotation.Internal;
import java.nio.ByteBuffer;

/**
 * The Confluent wire format: magic byte 0, the schema id as a big-endian 32-bit integer, then the
 * Avro binary encoding.
 */
@Internal
public final class ConfluentFrame {
    public static final int HEADER_LENGTH = 5;
    public static final byte MAGIC = 0;

    private ConfluentFrame() {}

    /**
     * Reads the id of the writer schema.
     *
     * @throws UndecodableException if the bytes do not have this format
     */
    public static int schemaId(byte[] frame) throws UndecodableException {
        if (frame.length < HEADER_LENGTH) {
            throw new UndecodableException(
                    "the value has %d bytes; expected at least %d in the Confluent wire format"
                            .formatted(frame.length, HEADER_LENGTH));
        }
        if (frame[0] != MAGIC) {
            throw new UndecodableException(
                    "the value begins with byte %d; expected 0, the magic byte of the Confluent wire format"
                            .formatted(frame[0]));
        }
        return ByteBuffer.wrap(frame, 1, Integer.BYTES).getInt();
    }

    /** Returns the header: magic byte and schema id. */
    public static byte[] header(int schemaId) {
        return ByteBuffer.allocate(HEADER_LENGTH).put(MAGIC).putInt(schemaId).array();
    }
}
