package io.tickformer.kafka;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Serializes dead letters: name of the reason, detail, topic, partition, offset, timestamp, key and
 * value, the last two as length (-1 for null) and bytes.
 */
public final class DeadLetterSerializer extends EventSerializer<DeadLetter> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(DeadLetter letter, DataOutputView target) throws IOException {
        StringValue.writeString(letter.reason().name(), target);
        StringValue.writeString(letter.detail(), target);
        StringValue.writeString(letter.topic(), target);
        target.writeInt(letter.partition());
        target.writeLong(letter.offset());
        target.writeLong(letter.timestampMillis());
        writeBytes(letter.key(), target);
        writeBytes(letter.value(), target);
    }

    @Override
    public DeadLetter deserialize(DataInputView source) throws IOException {
        return new DeadLetter(
                DeadLetterReason.valueOf(StringValue.readString(source)),
                StringValue.readString(source),
                StringValue.readString(source),
                source.readInt(),
                source.readLong(),
                source.readLong(),
                readBytes(source),
                readBytes(source));
    }

    @Override
    public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names this serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeadLetter> {
        public Snapshot() {
            super(DeadLetterSerializer::new);
        }
    }
}
