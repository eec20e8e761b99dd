package io.tickformer.operator;

import io.tickformer.event.Tick;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** {@link Tick} between tasks: version, series, index (long), value (double). */
public final class TickSerializer extends EventSerializer<Tick> {
    private static final long serialVersionUID = 1L;

    public static final TickSerializer INSTANCE = new TickSerializer();

    private TickSerializer() {
        super((byte) 1);
    }

    @Override
    public Tick createInstance() {
        return new Tick("", 0, 0);
    }

    @Override
    void write(Tick tick, DataOutputView target) throws IOException {
        StringValue.writeString(tick.series(), target);
        target.writeLong(tick.index());
        target.writeDouble(tick.value());
    }

    @Override
    Tick read(DataInputView source) throws IOException {
        return new Tick(StringValue.readString(source), source.readLong(), source.readDouble());
    }

    @Override
    public TypeSerializerSnapshot<Tick> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints; it has nothing to configure. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Tick> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
