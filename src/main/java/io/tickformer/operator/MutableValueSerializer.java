package io.tickformer.operator;

import io.tickformer.annotation.Internal;
import io.tickformer.event.UnknownFormatException;
import io.tickformer.serialization.OpaqueSerializer;
import io.tickformer.serialization.StateException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Base class of the serializers of mutable values in keyed state. A value writes its own binary
 * form, which begins with a version, and reads older versions. An unknown version fails the job.
 *
 * @param <T> the kind of value
 */
@Internal
public abstract class MutableValueSerializer<T> extends OpaqueSerializer<T> {
    private static final long serialVersionUID = 1L;

    /** Writes the binary form. */
    protected abstract void write(T value, DataOutput target) throws IOException;

    /** Reads the binary form of any version. */
    protected abstract T read(DataInput source) throws IOException;

    @Override
    public final boolean isImmutableType() {
        return false;
    }

    /** Null: reading creates a new value and never reuses one. */
    @Override
    public final T createInstance() {
        return null;
    }

    @Override
    public final void serialize(T value, DataOutputView target) throws IOException {
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
        try {
            return read(source);
        } catch (UnknownFormatException e) {
            throw new StateException(e.getMessage());
        }
    }
}
