package io.tickformer.inference.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.tickformer.annotation.Internal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * A tensor in off-heap memory of the CPU that ONNX Runtime reads and writes in place. Neither
 * inputs nor pinned outputs are copied.
 *
 * <p>The memory is a direct buffer, row-major, in native order. Closing frees the native handle;
 * the memory is freed with the last reference to it. Not thread-safe.
 */
@Internal
public final class HostTensor implements AutoCloseable {
    private final ByteBuffer memory;
    private final long[] shape;
    private final OnnxTensor tensor;

    private HostTensor(ByteBuffer memory, OnnxJavaType type, long[] shape) {
        this.memory = memory;
        this.shape = shape;
        try {
            this.tensor =
                    OnnxTensor.createTensor(RuntimeLibrary.environment(), memory, shape, type);
        } catch (OrtException e) {
            throw new InferenceException(
                    "a tensor of shape %s cannot be made: %s"
                            .formatted(Arrays.toString(shape), e.getMessage()),
                    e);
        }
    }

    /** A float32 tensor of zeros. */
    public static HostTensor floats(long... shape) {
        return zeros(OnnxJavaType.FLOAT, shape);
    }

    /** A float32 tensor without dimensions, zero. */
    public static HostTensor scalar() {
        return zeros(OnnxJavaType.FLOAT, new long[0]);
    }

    /** A float64 tensor of zeros. */
    public static HostTensor doubles(long... shape) {
        return zeros(OnnxJavaType.DOUBLE, shape);
    }

    /** An int32 tensor of zeros. */
    public static HostTensor ints(long... shape) {
        return zeros(OnnxJavaType.INT32, shape);
    }

    /** An int64 tensor of zeros. */
    public static HostTensor longs(long... shape) {
        return zeros(OnnxJavaType.INT64, shape);
    }

    /** A float32 tensor of the given values, row-major. */
    public static HostTensor of(float[] values, long... shape) {
        HostTensor tensor = floats(shape);
        tensor.floats().put(values);
        return tensor;
    }

    /** A float64 tensor of the given values, row-major. */
    public static HostTensor of(double[] values, long... shape) {
        HostTensor tensor = doubles(shape);
        tensor.doubles().put(values);
        return tensor;
    }

    /** An int64 tensor of the given values, row-major. */
    public static HostTensor of(long[] values, long... shape) {
        HostTensor tensor = longs(shape);
        tensor.longs().put(values);
        return tensor;
    }

    private static HostTensor zeros(OnnxJavaType type, long[] shape) {
        ByteBuffer memory =
                ByteBuffer.allocateDirect(bytes(type, shape)).order(ByteOrder.nativeOrder());
        return new HostTensor(memory, type, shape.clone());
    }

    private static int bytes(OnnxJavaType type, long[] shape) {
        try {
            long bytes = type.size;
            for (long dimension : shape) {
                bytes = Math.multiplyExact(bytes, dimension);
            }
            return Math.toIntExact(bytes);
        } catch (ArithmeticException e) {
            throw new InferenceException(
                    ("a tensor of shape %s takes more than 2 GiB; expected less: compute fewer"
                                    + " windows or series at once, or make the model smaller")
                            .formatted(Arrays.toString(shape)),
                    e);
        }
    }

    /** A copy of a tensor of the runtime. */
    static HostTensor copyOf(OnnxTensor source) {
        HostTensor copy = zeros(source.getInfo().type, source.getInfo().getShape());
        copy.memory.duplicate().put(source.getByteBuffer());
        return copy;
    }

    /**
     * A float32 tensor over memory of the caller, which must outlive the tensor.
     *
     * @param memory direct, in native order, as large as the tensor
     */
    public static HostTensor floatsOver(ByteBuffer memory, long... shape) {
        return new HostTensor(memory, OnnxJavaType.FLOAT, shape);
    }

    /** A slice along the outermost dimension, over the same memory. */
    public HostTensor rows(int from, int count) {
        long[] part = shape.clone();
        part[0] = count;
        int rowBytes = Math.toIntExact(memory.capacity() / shape[0]);
        ByteBuffer slice =
                memory.slice(from * rowBytes, count * rowBytes).order(ByteOrder.nativeOrder());
        return new HostTensor(slice, tensor.getInfo().type, part);
    }

    /** The elements of a float32 tensor; each call gives a view at position 0. */
    public FloatBuffer floats() {
        require(OnnxJavaType.FLOAT);
        return memory.asFloatBuffer();
    }

    /** The elements of a float64 tensor; each call gives a view at position 0. */
    public DoubleBuffer doubles() {
        require(OnnxJavaType.DOUBLE);
        return memory.asDoubleBuffer();
    }

    /** The elements of an int32 tensor; each call gives a view at position 0. */
    public IntBuffer ints() {
        require(OnnxJavaType.INT32);
        return memory.asIntBuffer();
    }

    /** The elements of an int64 tensor; each call gives a view at position 0. */
    public LongBuffer longs() {
        require(OnnxJavaType.INT64);
        return memory.asLongBuffer();
    }

    /** A copy of the elements of a float32 tensor. */
    public float[] toFloats() {
        FloatBuffer elements = floats();
        float[] copy = new float[elements.remaining()];
        elements.get(copy);
        return copy;
    }

    /** A copy of the elements of a float64 tensor. */
    public double[] toDoubles() {
        DoubleBuffer elements = doubles();
        double[] copy = new double[elements.remaining()];
        elements.get(copy);
        return copy;
    }

    /** A copy of the elements of an int64 tensor. */
    public long[] toLongs() {
        LongBuffer elements = longs();
        long[] copy = new long[elements.remaining()];
        elements.get(copy);
        return copy;
    }

    /** A copy of the shape. */
    public long[] shape() {
        return shape.clone();
    }

    /** The memory itself, whose position and limit stay as they are. */
    public ByteBuffer memory() {
        return memory;
    }

    public OnnxTensor tensor() {
        return tensor;
    }

    private void require(OnnxJavaType type) {
        if (tensor.getInfo().type != type) {
            throw new IllegalStateException(
                    "the tensor's elements are %s; asked for %s"
                            .formatted(tensor.getInfo().type, type));
        }
    }

    @Override
    public void close() {
        tensor.close();
    }
}
