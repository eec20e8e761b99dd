package io.tickformer.serialization;

import io.tickformer.annotation.Public;
import io.tickformer.event.Observation;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Serializes observations: series, event time in milliseconds (long), value (double). */
@Public
public final class ObservationSerializer extends ImmutableValueSerializer<Observation> {
    private static final long serialVersionUID = 1L;

    public static final ObservationSerializer INSTANCE = new ObservationSerializer();

    /** The Flink type information of {@link Observation}. */
    public static final TypeInformation<Observation> TYPE =
            new OpaqueTypeInfo<>(Observation.class, INSTANCE);

    private ObservationSerializer() {
        super(1);
    }

    @Override
    protected void write(Observation observation, DataOutputView target) throws IOException {
        StringValue.writeString(observation.series(), target);
        target.writeLong(observation.eventTimeMillis());
        target.writeDouble(observation.value());
    }

    @Override
    protected Observation read(DataInputView source) throws IOException {
        return new Observation(
                StringValue.readString(source), source.readLong(), source.readDouble());
    }

    @Override
    public TypeSerializerSnapshot<Observation> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints; it has nothing to configure. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Observation> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
