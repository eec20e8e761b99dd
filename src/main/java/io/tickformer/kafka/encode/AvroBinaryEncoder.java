package io.tickformer.kafka.encode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes Avro's binary encoding (Apache Avro specification, "Binary Encoding") into a reused
 * buffer. Avro's own encoder checks the space and reverses the bytes number by number, which takes
 * several times as long for hundreds of numbers. Not thread-safe.
 */
final class AvroBinaryEncoder {
    private static final int FIRST_CAPACITY = 1024;
    private static final int LONGEST_VARINT = 10;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private ByteBuffer numbers = view();
    private int length;

    private ByteBuffer view() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Starts a value. */
    void clear() {
        length = 0;
    }

    /** The value so far. */
    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Writes bytes unchanged, such as a header. */
    void writeRaw(byte[] raw) {
        reserve(raw.length);
        System.arraycopy(raw, 0, bytes, length, raw.length);
        length += raw.length;
    }

    /**
     * Writes a {@code long}, an {@code int} or the ordinal of an {@code enum}: zigzag, seven bits
     * per byte.
     */
    void writeLong(long value) {
        reserve(LONGEST_VARINT);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    void writeBoolean(boolean value) {
        reserve(1);
        bytes[length++] = (byte) (value ? 1 : 0);
    }

    void writeDouble(double value) {
        reserve(Double.BYTES);
        numbers.putDouble(length, value);
        length += Double.BYTES;
    }

    void writeString(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        writeLong(utf8.length);
        writeRaw(utf8);
    }

    /** Writes the item count before the only block of an array; nothing for an empty array. */
    void startArray(int items) {
        if (items > 0) {
            writeLong(items);
        }
    }

    void endArray() {
        writeLong(0);
    }

    /** Writes a range of values as a complete array of {@code double}. */
    void writeDoubles(double[] values, int from, int count) {
        startArray(count);
        reserve(count * Double.BYTES);
        for (int i = from; i < from + count; i++) {
            numbers.putDouble(length, values[i]);
            length += Double.BYTES;
        }
        endArray();
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
            numbers = view();
        }
    }
}
