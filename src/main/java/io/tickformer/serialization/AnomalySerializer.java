package io.tickformer.serialization;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Anomaly;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Serializes {@link Anomaly} between tasks: version, then the fields in order. */
@Internal
public final class AnomalySerializer extends ImmutableValueSerializer<Anomaly> {
    private static final long serialVersionUID = 1L;

    public static final AnomalySerializer INSTANCE = new AnomalySerializer();

    /** {@link Anomaly} as a Flink type. */
    public static final TypeInformation<Anomaly> TYPE =
            new OpaqueTypeInfo<>(Anomaly.class, INSTANCE);

    private AnomalySerializer() {
        super(1);
    }

    @Override
    protected void write(Anomaly anomaly, DataOutputView target) throws IOException {
        StringValue.writeString(anomaly.series(), target);
        target.writeLong(anomaly.tickIndex());
        target.writeLong(anomaly.tickTimeMillis());
        target.writeLong(anomaly.tickMillis());
        target.writeDouble(anomaly.value());
        target.writeDouble(anomaly.expected());
        target.writeDouble(anomaly.score());
        target.writeBoolean(anomaly.isHigh());
        target.writeBoolean(anomaly.isWithdrawn());
    }

    @Override
    protected Anomaly read(DataInputView source) throws IOException {
        return new Anomaly(
                StringValue.readString(source),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                source.readDouble(),
                source.readDouble(),
                source.readDouble(),
                source.readBoolean(),
                source.readBoolean());
    }

    @Override
    public TypeSerializerSnapshot<Anomaly> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Identifies the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Anomaly> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
