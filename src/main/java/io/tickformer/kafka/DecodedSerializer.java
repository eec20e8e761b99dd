package io.tickformer.kafka;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes what became of a record: a byte for which of the two, then the event itself. */
public final class DecodedSerializer extends EventSerializer<Decoded> {
    private static final long serialVersionUID = 1L;
    private static final byte OBSERVED = 1;
    private static final byte REJECTED = 2;

    private final ObservationSerializer observations = new ObservationSerializer();
    private final DeadLetterSerializer deadLetters = new DeadLetterSerializer();

    @Override
    public void serialize(Decoded decoded, DataOutputView target) throws IOException {
        if (decoded instanceof Decoded.Observed observed) {
            target.writeByte(OBSERVED);
            observations.serialize(observed.observation(), target);
        } else if (decoded instanceof Decoded.Rejected rejected) {
            target.writeByte(REJECTED);
            deadLetters.serialize(rejected.deadLetter(), target);
        }
    }

    @Override
    public Decoded deserialize(DataInputView source) throws IOException {
        byte kind = source.readByte();
        return switch (kind) {
            case OBSERVED -> new Decoded.Observed(observations.deserialize(source));
            case REJECTED -> new Decoded.Rejected(deadLetters.deserialize(source));
            default ->
                    throw new IOException(
                            "a decoded record begins with byte %d; expected %d or %d"
                                    .formatted(kind, OBSERVED, REJECTED));
        };
    }

    @Override
    public TypeSerializerSnapshot<Decoded> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names this serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Decoded> {
        public Snapshot() {
            super(DecodedSerializer::new);
        }
    }
}
