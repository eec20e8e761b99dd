package io.tickformer.operator;

import io.tickformer.forecaster.OpenTicks;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Serializes {@link OpenTicks} for state, in their own binary form. */
final class OpenTicksSerializer extends MutableValueSerializer<OpenTicks> {
    private static final long serialVersionUID = 1L;

    static final OpenTicksSerializer INSTANCE = new OpenTicksSerializer();

    private OpenTicksSerializer() {}

    @Override
    public OpenTicks copy(OpenTicks from) {
        return from.copy();
    }

    @Override
    protected void write(OpenTicks open, DataOutput target) throws IOException {
        open.writeTo(target);
    }

    @Override
    protected OpenTicks read(DataInput source) throws IOException {
        return OpenTicks.readFrom(source);
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
