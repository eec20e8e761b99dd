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

/**
 * {@link Tick} of all channels of a record between tasks: version, key of the record, index (long),
 * number of channels (int), values (double, NaN where missing). Ticks of a single series have
 * {@link TickSerializer}.
 */
public final class RecordTickSerializer extends ValueSerializer<Tick> {
    private static final long serialVersionUID = 1L;

    public static final RecordTickSerializer INSTANCE = new RecordTickSerializer();

    /** {@link Tick} of all channels of a record as Flink sees it. */
    public static final TypeInformation<Tick> TYPE = new OpaqueTypeInfo<>(Tick.class, INSTANCE);

    private RecordTickSerializer() {
        super(1);
    }

    @Override
    protected void write(Tick tick, DataOutputView target) throws IOException {
        StringValue.writeString(tick.series(), target);
        target.writeLong(tick.index());
        target.writeInt(tick.values().length);
        for (double value : tick.values()) {
            target.writeDouble(value);
        }
    }

    @Override
    protected Tick read(DataInputView source) throws IOException {
        String key = StringValue.readString(source);
        long index = source.readLong();
        double[] values = new double[source.readInt()];
        for (int channel = 0; channel < values.length; channel++) {
            values[channel] = source.readDouble();
        }
        return new Tick(key, index, values);
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
