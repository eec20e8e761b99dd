package io.tickformer.serialization;

import io.tickformer.annotation.Internal;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Base of all serializers of this library: variable length, and each read creates a new object. It
 * is stateless, so tasks may share an instance. Two instances of one class are equal; a subclass
 * with parameters must compare these too.
 *
 * @param <T> what is serialized
 */
@Internal
public abstract class OpaqueSerializer<T> extends TypeSerializer<T> {
    private static final long serialVersionUID = 1L;

    @Override
    public TypeSerializer<T> duplicate() {
        return this;
    }

    @Override
    public final int getLength() {
        return -1;
    }

    @Override
    public final T copy(T from, T reuse) {
        return copy(from);
    }

    @Override
    public final void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public final T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    // The class is the only thing to compare. A serializer never equals one of a subclass.
    @SuppressWarnings("EqualsGetClass")
    public boolean equals(Object other) {
        return other != null && getClass() == other.getClass();
    }

    @Override
    public int hashCode() {
        return getClass().hashCode();
    }
}
