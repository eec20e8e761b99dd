package io.tickformer.serialization;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What the serializers of immutable values share. Values travel between subtasks and, with
 * unaligned checkpoints, into checkpoints; so each begins with a byte, the version of its binary
 * form and of nothing else, and a version that the serializer does not know is refused. Whoever
 * changes a form gives it the next version and reads the old one in {@link #readOlder}.
 *
 * @param <T> the kind of value
 */
public abstract class ValueSerializer<T> extends OpaqueSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final byte version;

    /**
     * @param version version of the binary form that {@link #write} and {@link #read} agree on
     */
    protected ValueSerializer(int version) {
        this.version = (byte) version;
    }

    /** Writes a value, without its version. */
    protected abstract void write(T value, DataOutputView target) throws IOException;

    /** Reads a value, behind its version. */
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
     * Reads a value of a version that is no longer written, behind that version. Refused unless a
     * serializer knows it.
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

    @Override
    public final boolean isImmutableType() {
        return true;
    }

    /** None: reading makes a new value and never fills an old one. */
    @Override
    public final T createInstance() {
        return null;
    }

    @Override
    public final T copy(T from) {
        return from;
    }
}
