package io.tickformer.kafka.registry;

import io.tickformer.annotation.Internal;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;

/**
 * Avro's binary decoder for untrusted bytes. Avro's own decoder trusts the lengths that it reads,
 * and allocates up to two gigabytes for a string of five bytes. This one rejects lengths beyond the
 * size of the value, and more array and map items than the value has bytes.
 */
@Internal
public final class BoundedAvroDecoder extends Decoder {
    private final BinaryDecoder in;
    private final int limit;
    private long items;

    public BoundedAvroDecoder(byte[] bytes, int offset, int length) {
        this.in = DecoderFactory.get().binaryDecoder(bytes, offset, length, null);
        this.limit = length;
    }

    public boolean isEnd() throws IOException {
        return in.isEnd();
    }

    private int length() throws IOException {
        long length = in.readLong();
        if (length < 0 || length > limit) {
            throw new AvroRuntimeException(
                    "a length of %d in a value of %d bytes".formatted(length, limit));
        }
        return (int) length;
    }

    private long count(long block) {
        items += block;
        if (block < 0 || items > limit) {
            throw new AvroRuntimeException(
                    "a block of %d items in a value of %d bytes".formatted(block, limit));
        }
        return block;
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        return new Utf8(bytes());
    }

    @Override
    public String readString() throws IOException {
        return readString(null).toString();
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        return ByteBuffer.wrap(bytes());
    }

    private byte[] bytes() throws IOException {
        byte[] bytes = new byte[length()];
        in.readFixed(bytes, 0, bytes.length);
        return bytes;
    }

    @Override
    public void skipString() throws IOException {
        in.skipFixed(length());
    }

    @Override
    public void skipBytes() throws IOException {
        in.skipFixed(length());
    }

    @Override
    public long readArrayStart() throws IOException {
        return count(in.readArrayStart());
    }

    @Override
    public long arrayNext() throws IOException {
        return count(in.arrayNext());
    }

    @Override
    public long skipArray() throws IOException {
        return count(in.skipArray());
    }

    @Override
    public long readMapStart() throws IOException {
        return count(in.readMapStart());
    }

    @Override
    public long mapNext() throws IOException {
        return count(in.mapNext());
    }

    @Override
    public long skipMap() throws IOException {
        return count(in.skipMap());
    }

    @Override
    public void readNull() throws IOException {
        in.readNull();
    }

    @Override
    public boolean readBoolean() throws IOException {
        return in.readBoolean();
    }

    @Override
    public int readInt() throws IOException {
        return in.readInt();
    }

    @Override
    public long readLong() throws IOException {
        return in.readLong();
    }

    @Override
    public float readFloat() throws IOException {
        return in.readFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return in.readDouble();
    }

    @Override
    public void readFixed(byte[] bytes, int start, int length) throws IOException {
        in.readFixed(bytes, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        in.skipFixed(length);
    }

    @Override
    public int readEnum() throws IOException {
        return in.readEnum();
    }

    @Override
    public int readIndex() throws IOException {
        return in.readIndex();
    }
}
