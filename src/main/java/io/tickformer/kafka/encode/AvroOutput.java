package io.tickformer.kafka.encode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Avro's binary encoding (Apache Avro specification, "Binary Encoding") into memory that is used
 * again for each value. Avro's own encoder asks for room and reverses bytes number by number, which
 * for hundreds of numbers takes several times as long. For one thread.
 */
final class AvroOutput {
    private static final int FIRST_CAPACITY = 1024;
    private static final int LONGEST_VARINT = 10;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private ByteBuffer numbers = view();
    private int length;

    private ByteBuffer view() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Begins a value. */
    void clear() {
        length = 0;
    }

    /** The value so far. */
    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Bytes as they are, such as those of a frame. */
    void writeRaw(byte[] raw) {
        reserve(raw.length);
        System.arraycopy(raw, 0, bytes, length, raw.length);
        length += raw.length;
    }

    /** A {@code long}, {@code int} or the ordinal of an {@code enum}: zigzag, seven bits a byte. */
    void writeLong(long value) {
        reserve(LONGEST_VARINT);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    void writeString(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        writeLong(utf8.length);
        writeRaw(utf8);
    }

    /** The count of items in front of the only block of an array; none where there are none. */
    void startArray(int items) {
        if (items > 0) {
            writeLong(items);
        }
    }

    void endArray() {
        writeLong(0);
    }

    /** An array of {@code double}, whole: a part of the one given. */
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
