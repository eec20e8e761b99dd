package io.tickformer.kafka.registry;

import java.nio.ByteBuffer;

/**
 * The Confluent wire format: one magic byte 0, the schema id as a big-endian 32-bit integer, then
 * the Avro binary encoding.
 */
public final class ConfluentFrame {
    public static final int HEADER_LENGTH = 5;
    public static final byte MAGIC = 0;

    private ConfluentFrame() {}

    /**
     * The id of the schema that a frame was written with.
     *
     * @throws UndecodableException if the bytes are no frame
     */
    public static int schemaId(byte[] frame) throws UndecodableException {
        if (frame.length < HEADER_LENGTH) {
            throw new UndecodableException(
                    "the value has %d bytes; a frame of the Confluent wire format has at least %d"
                            .formatted(frame.length, HEADER_LENGTH));
        }
        if (frame[0] != MAGIC) {
            throw new UndecodableException(
                    "the value begins with byte %d; the Confluent wire format begins with 0"
                            .formatted(frame[0]));
        }
        return ByteBuffer.wrap(frame, 1, Integer.BYTES).getInt();
    }

    /** Writes the header of a frame: magic byte and schema id. */
    public static byte[] header(int schemaId) {
        return ByteBuffer.allocate(HEADER_LENGTH).put(MAGIC).putInt(schemaId).array();
    }
}
