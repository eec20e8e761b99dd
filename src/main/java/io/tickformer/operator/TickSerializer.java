package io.tickformer.operator;

import io.tickformer.event.Tick;
import io.tickformer.serialization.OpaqueTypeInfo;
import io.tickformer.serialization.ValueSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** {@link Tick} between tasks: version, series, index (long), value (double). */
public final class TickSerializer extends ValueSerializer<Tick> {
    private static final long serialVersionUID = 1L;

    public static final TickSerializer INSTANCE = new TickSerializer();

    /** {@link Tick} as Flink sees it. */
    public static final TypeInformation<Tick> TYPE = new OpaqueTypeInfo<>(Tick.class, INSTANCE);

    private TickSerializer() {
        super(1);
    }

    @Override
    protected void write(Tick tick, DataOutputView target) throws IOException {
        StringValue.writeString(tick.series(), target);
        target.writeLong(tick.index());
        target.writeDouble(tick.value());
    }

    @Override
    protected Tick read(DataInputView source) throws IOException {
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
