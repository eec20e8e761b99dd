package io.tickformer.kafka.deadletter;

import io.tickformer.annotation.Internal;
import io.tickformer.serialization.ImmutableValueSerializer;
import io.tickformer.serialization.OpaqueTypeInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Serializes dead letters: name of the reason, detail, topic, partition, offset, timestamp and its
 * type, key and value; then the number of headers, and each header as name and value. Keys and
 * values are a length (-1 for null) and bytes.
 */
@Internal
public final class DeadLetterSerializer extends ImmutableValueSerializer<DeadLetter> {
    private static final long serialVersionUID = 1L;

    public static final DeadLetterSerializer INSTANCE = new DeadLetterSerializer();

    /** The Flink type information of {@link DeadLetter}. */
    public static final TypeInformation<DeadLetter> TYPE =
            new OpaqueTypeInfo<>(DeadLetter.class, INSTANCE);

    private static final int NONE = -1;

    private DeadLetterSerializer() {
        super(1);
    }

    @Override
    protected void write(DeadLetter letter, DataOutputView target) throws IOException {
        StringValue.writeString(letter.reason().name(), target);
        StringValue.writeString(letter.detail(), target);
        StringValue.writeString(letter.topic(), target);
        target.writeInt(letter.partition());
        target.writeLong(letter.offset());
        target.writeLong(letter.timestampMillis());
        StringValue.writeString(letter.timestampType(), target);
        writeBytes(letter.key(), target);
        writeBytes(letter.value(), target);
        target.writeInt(letter.headers().size());
        for (OriginalHeader header : letter.headers()) {
            StringValue.writeString(header.name(), target);
            writeBytes(header.value(), target);
        }
    }

    @Override
    protected DeadLetter read(DataInputView source) throws IOException {
        DeadLetterReason reason = DeadLetterReason.valueOf(StringValue.readString(source));
        String detail = StringValue.readString(source);
        String topic = StringValue.readString(source);
        int partition = source.readInt();
        long offset = source.readLong();
        long timestamp = source.readLong();
        String timestampType = StringValue.readString(source);
        return new DeadLetter(
                reason,
                detail,
                topic,
                partition,
                offset,
                timestamp,
                timestampType,
                readBytes(source),
                readBytes(source),
                readHeaders(source));
    }

    private static List<OriginalHeader> readHeaders(DataInputView source) throws IOException {
        int size = source.readInt();
        List<OriginalHeader> headers = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            headers.add(new OriginalHeader(StringValue.readString(source), readBytes(source)));
        }
        return headers;
    }

    private static void writeBytes(byte[] bytes, DataOutputView target) throws IOException {
        if (bytes == null) {
            target.writeInt(NONE);
            return;
        }
        target.writeInt(bytes.length);
        target.write(bytes);
    }

    private static byte[] readBytes(DataInputView source) throws IOException {
        int length = source.readInt();
        if (length == NONE) {
            return null;
        }
        byte[] bytes = new byte[length];
        source.readFully(bytes);
        return bytes;
    }

    @Override
    public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints; it has nothing to configure. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeadLetter> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
