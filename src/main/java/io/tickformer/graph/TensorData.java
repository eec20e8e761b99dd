package io.tickformer.graph;

import io.tickformer.annotation.Internal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The elements of a constant: row after row, little endian, immutable. */
@Internal
public final class TensorData {
    private final ElementType type;
    private final Shape shape;
    private final byte[] bytes;

    private TensorData(ElementType type, Shape shape, byte[] bytes) {
        long expected = Math.multiplyExact(shape.elements().size(), (long) type.bytes());
        if (bytes.length != expected) {
            throw new GraphException(
                    "a constant %s%s has %d elements given; expected %d"
                            .formatted(
                                    type,
                                    shape,
                                    bytes.length / type.bytes(),
                                    expected / type.bytes()));
        }
        this.type = type;
        this.shape = shape;
        this.bytes = bytes;
    }

    /** Elements from their little-endian bytes; one byte 0 or 1 for a bool. */
    public static TensorData ofBytes(ElementType type, Shape shape, byte[] bytes) {
        return new TensorData(type, shape, bytes.clone());
    }

    /** Real numbers, rounded to the given floating type. */
    public static TensorData of(ElementType type, Shape shape, double... values) {
        byte[] bytes = allocate(type, values.length);
        ByteBuffer buffer = littleEndian(bytes);
        for (double value : values) {
            if (type == ElementType.FLOAT) {
                buffer.putFloat((float) value);
            } else if (type == ElementType.DOUBLE) {
                buffer.putDouble(value);
            } else {
                throw new GraphException("real numbers for a constant of %s".formatted(type));
            }
        }
        return new TensorData(type, shape, bytes);
    }

    public static TensorData floats(Shape shape, float... values) {
        byte[] bytes = allocate(ElementType.FLOAT, values.length);
        littleEndian(bytes).asFloatBuffer().put(values);
        return new TensorData(ElementType.FLOAT, shape, bytes);
    }

    public static TensorData ints(Shape shape, int... values) {
        byte[] bytes = allocate(ElementType.INT32, values.length);
        littleEndian(bytes).asIntBuffer().put(values);
        return new TensorData(ElementType.INT32, shape, bytes);
    }

    public static TensorData longs(Shape shape, long... values) {
        byte[] bytes = allocate(ElementType.INT64, values.length);
        littleEndian(bytes).asLongBuffer().put(values);
        return new TensorData(ElementType.INT64, shape, bytes);
    }

    public static TensorData booleans(Shape shape, boolean... values) {
        byte[] bytes = allocate(ElementType.BOOL, values.length);
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) (values[i] ? 1 : 0);
        }
        return new TensorData(ElementType.BOOL, shape, bytes);
    }

    private static byte[] allocate(ElementType type, int elements) {
        return new byte[Math.multiplyExact(elements, type.bytes())];
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    public ElementType type() {
        return type;
    }

    public Shape shape() {
        return shape;
    }

    /** A copy of the elements as little-endian bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * A copy of the elements of a float constant.
     *
     * @throws GraphException if the constant holds another type
     */
    public float[] toFloats() {
        requireType(ElementType.FLOAT);
        float[] values = new float[bytes.length / Float.BYTES];
        littleEndian(bytes).asFloatBuffer().get(values);
        return values;
    }

    /** A copy of the elements of a float or double constant, as doubles. */
    public double[] toDoubles() {
        if (type == ElementType.FLOAT) {
            float[] floats = toFloats();
            double[] values = new double[floats.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = floats[i];
            }
            return values;
        }
        requireType(ElementType.DOUBLE);
        double[] values = new double[bytes.length / Double.BYTES];
        littleEndian(bytes).asDoubleBuffer().get(values);
        return values;
    }

    /** A copy of the elements of an int64 constant. */
    public long[] toLongs() {
        requireType(ElementType.INT64);
        long[] values = new long[bytes.length / Long.BYTES];
        littleEndian(bytes).asLongBuffer().get(values);
        return values;
    }

    private void requireType(ElementType expected) {
        if (type != expected) {
            throw new GraphException("a constant %s%s read as %s".formatted(type, shape, expected));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TensorData that
                && type == that.type
                && shape.equals(that.shape)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "constant " + type + shape;
    }
}
