package io.tickformer.operator;

import io.tickformer.event.UnknownFormatException;
import io.tickformer.serialization.OpaqueSerializer;
import io.tickformer.serialization.StateException;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link OpenTicks} in their own binary form. */
final class OpenTicksSerializer extends OpaqueSerializer<OpenTicks> {
    private static final long serialVersionUID = 1L;

    static final OpenTicksSerializer INSTANCE = new OpenTicksSerializer();

    private OpenTicksSerializer() {}

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public OpenTicks createInstance() {
        return new OpenTicks();
    }

    @Override
    public OpenTicks copy(OpenTicks from) {
        return from.copy();
    }

    @Override
    public void serialize(OpenTicks open, DataOutputView target) throws IOException {
        open.writeTo(target);
    }

    @Override
    public OpenTicks deserialize(DataInputView source) throws IOException {
        try {
            return OpenTicks.readFrom(source);
        } catch (UnknownFormatException e) {
            throw new StateException(e.getMessage());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OpenTicksSerializer;
    }

    @Override
    public int hashCode() {
        return OpenTicksSerializer.class.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<OpenTicks> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints; it has nothing to configure. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<OpenTicks> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
