package io.tickformer.kafka;

import io.tickformer.event.Observation;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Serializes observations: series, event time in milliseconds (long), value (double). */
public final class ObservationSerializer extends EventSerializer<Observation> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Observation observation, DataOutputView target) throws IOException {
        StringValue.writeString(observation.series(), target);
        target.writeLong(observation.eventTimeMillis());
        target.writeDouble(observation.value());
    }

    @Override
    public Observation deserialize(DataInputView source) throws IOException {
        return new Observation(
                StringValue.readString(source), source.readLong(), source.readDouble());
    }

    @Override
    public TypeSerializerSnapshot<Observation> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names this serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Observation> {
        public Snapshot() {
            super(ObservationSerializer::new);
        }
    }
}
