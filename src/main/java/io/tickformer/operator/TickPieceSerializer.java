package io.tickformer.operator;

import io.tickformer.annotation.Internal;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickPiece;
import io.tickformer.event.UnknownFormatException;
import io.tickformer.serialization.ImmutableValueSerializer;
import io.tickformer.serialization.OpaqueTypeInfo;
import io.tickformer.serialization.StateException;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Serializes {@link TickPiece} between tasks: version, series, index (long), watermark (long), and
 * the readings in the form of {@link TickAccumulator#writeTo}.
 */
@Internal
public final class TickPieceSerializer extends ImmutableValueSerializer<TickPiece> {
    private static final long serialVersionUID = 1L;

    public static final TickPieceSerializer INSTANCE = new TickPieceSerializer();

    /** {@link TickPiece} as a Flink type. */
    public static final TypeInformation<TickPiece> TYPE =
            new OpaqueTypeInfo<>(TickPiece.class, INSTANCE);

    private TickPieceSerializer() {
        super(1);
    }

    @Override
    protected void write(TickPiece piece, DataOutputView target) throws IOException {
        StringValue.writeString(piece.series(), target);
        target.writeLong(piece.index());
        target.writeLong(piece.watermark());
        piece.gathered().writeTo(target);
    }

    @Override
    protected TickPiece read(DataInputView source) throws IOException {
        String series = StringValue.readString(source);
        long index = source.readLong();
        long watermark = source.readLong();
        try {
            return new TickPiece(series, index, TickAccumulator.readFrom(source), watermark);
        } catch (UnknownFormatException e) {
            throw new StateException(e.getMessage());
        }
    }

    @Override
    public TypeSerializerSnapshot<TickPiece> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints; it has nothing to configure. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<TickPiece> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
