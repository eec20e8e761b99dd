package io.tickformer.kafka.decode;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.deadletter.DeadLetterSerializer;
import io.tickformer.serialization.ImmutableValueSerializer;
import io.tickformer.serialization.ObservationSerializer;
import io.tickformer.serialization.OpaqueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes the result of decoding: one byte for its type, then the observation or the dead
 * letter.
 */
@Internal
public final class DecodedSerializer extends ImmutableValueSerializer<Decoded> {
    private static final long serialVersionUID = 1L;

    public static final DecodedSerializer INSTANCE = new DecodedSerializer();

    /** {@link Decoded} as Flink sees it. */
    public static final TypeInformation<Decoded> TYPE =
            new OpaqueTypeInfo<>(Decoded.class, INSTANCE);

    private static final byte OBSERVED = 1;
    private static final byte REJECTED = 2;

    private DecodedSerializer() {
        super(1);
    }

    @Override
    protected void write(Decoded decoded, DataOutputView target) throws IOException {
        if (decoded instanceof Decoded.Observed observed) {
            target.writeByte(OBSERVED);
            ObservationSerializer.INSTANCE.serialize(observed.observation(), target);
            target.writeLong(observed.writtenMillis());
        } else if (decoded instanceof Decoded.Rejected rejected) {
            target.writeByte(REJECTED);
            DeadLetterSerializer.INSTANCE.serialize(rejected.deadLetter(), target);
        }
    }

    @Override
    protected Decoded read(DataInputView source) throws IOException {
        byte kind = source.readByte();
        return switch (kind) {
            case OBSERVED ->
                    new Decoded.Observed(
                            ObservationSerializer.INSTANCE.deserialize(source), source.readLong());
            case REJECTED ->
                    new Decoded.Rejected(DeadLetterSerializer.INSTANCE.deserialize(source));
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

    /** Names the serializer in checkpoints; it has nothing to configure. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Decoded> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
