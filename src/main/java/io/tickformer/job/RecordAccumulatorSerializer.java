package io.tickformer.job;

import io.tickformer.event.RecordAccumulator;
import io.tickformer.event.UnknownFormatException;
import io.tickformer.serialization.OpaqueSerializer;
import io.tickformer.serialization.OpaqueTypeInfo;
import io.tickformer.serialization.StateException;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Keeps the observations of a tick of all channels of a record in state, in their own versioned
 * binary form.
 */
public final class RecordAccumulatorSerializer extends OpaqueSerializer<RecordAccumulator> {
    private static final long serialVersionUID = 1L;

    static final RecordAccumulatorSerializer INSTANCE = new RecordAccumulatorSerializer();

    /** {@link RecordAccumulator} as Flink sees it. */
    static final TypeInformation<RecordAccumulator> TYPE =
            new OpaqueTypeInfo<>(RecordAccumulator.class, INSTANCE);

    private RecordAccumulatorSerializer() {}

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public RecordAccumulator createInstance() {
        return new RecordAccumulator(0);
    }

    @Override
    public RecordAccumulator copy(RecordAccumulator from) {
        return from.copy();
    }

    @Override
    public void serialize(RecordAccumulator accumulator, DataOutputView target) throws IOException {
        accumulator.writeTo(target);
    }

    @Override
    public RecordAccumulator deserialize(DataInputView source) throws IOException {
        try {
            return RecordAccumulator.readFrom(source);
        } catch (UnknownFormatException e) {
            throw new StateException(e.getMessage());
        }
    }

    @Override
    public TypeSerializerSnapshot<RecordAccumulator> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints; it has nothing to configure. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RecordAccumulator> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
