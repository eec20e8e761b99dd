package io.tickformer.serialization;

import io.tickformer.annotation.Internal;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Base of the serializers of immutable values. Values travel between subtasks and, with unaligned
 * checkpoints, into checkpoints. So each value begins with one byte, the version of its binary
 * format, and a serializer rejects versions that it does not know. A change of the format takes the
 * next version and reads the old one in {@link #readOlder}.
 *
 * @param <T> type of the values
 */
@Internal
public abstract class ImmutableValueSerializer<T> extends OpaqueSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final byte version;

    /**
     * @param version version of the binary format that {@link #write} and {@link #read} use
     */
    protected ImmutableValueSerializer(int version) {
        this.version = (byte) version;
    }

    /** Writes a value without its version. */
    protected abstract void write(T value, DataOutputView target) throws IOException;

    /** Reads a value after its version was read. */
    protected abstract T read(DataInputView source) throws IOException;

    @Override
    public final void serialize(T value, DataOutputView target) throws IOException {
        target.writeByte(version);
        write(value, target);
    }

    /**
     * Reads a value.
     *
     * @throws StateException if its version is unknown
     * @throws IOException if the bytes end early
     */
    @Override
    public final T deserialize(DataInputView source) throws IOException {
        byte found = source.readByte();
        return found == version ? read(source) : readOlder(found, source);
    }

    /**
     * Reads a value of an older version, after that version was read. By default every older
     * version is rejected.
     *
     * @throws StateException if the version is unknown
     */
    protected T readOlder(int found, DataInputView source) throws IOException {
        throw new StateException(
                ("%s: the record has format version %d; expected %d: it was written by another"
                                + " release. Run that release, or start without the savepoint or"
                                + " checkpoint")
                        .formatted(getClass().getSimpleName(), found, version));
    }

    /** Writes an array as its length (int) and its elements. */
    protected static void writeDoubles(double[] values, DataOutputView target) throws IOException {
        target.writeInt(values.length);
        for (double value : values) {
            target.writeDouble(value);
        }
    }

    /** Reads what {@link #writeDoubles} wrote. */
    protected static double[] readDoubles(DataInputView source) throws IOException {
        double[] values = new double[source.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = source.readDouble();
        }
        return values;
    }

    @Override
    public final boolean isImmutableType() {
        return true;
    }

    /** Returns null: each read creates a new value and never reuses one. */
    @Override
    public final T createInstance() {
        return null;
    }

    @Override
    public final T copy(T from) {
        return from;
    }
}
