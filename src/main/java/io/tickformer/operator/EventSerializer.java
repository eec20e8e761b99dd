package io.tickformer.operator;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What serializers of immutable events share. A record begins with the version of its form. */
abstract class EventSerializer<T> extends TypeSerializerSingleton<T> {
    private static final long serialVersionUID = 1L;

    private final byte version;

    EventSerializer(byte version) {
        this.version = version;
    }

    abstract void write(T event, DataOutputView target) throws IOException;

    abstract T read(DataInputView source) throws IOException;

    @Override
    public void serialize(T event, DataOutputView target) throws IOException {
        target.writeByte(version);
        write(event, target);
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        byte found = source.readByte();
        if (found != version) {
            throw new IOException(
                    "%s: the record has format version %d; expected %d"
                            .formatted(getClass().getSimpleName(), found, version));
        }
        return read(source);
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public T copy(T from) {
        return from;
    }

    @Override
    public T copy(T from, T reuse) {
        return from;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public int getLength() {
        return -1;
    }
}
