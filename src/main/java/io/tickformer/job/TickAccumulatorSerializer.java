package io.tickformer.job;

import io.tickformer.event.TickAccumulator;
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

/** Keeps the observations of a tick in state, in their own versioned binary form. */
public final class TickAccumulatorSerializer extends OpaqueSerializer<TickAccumulator> {
    private static final long serialVersionUID = 1L;

    static final TickAccumulatorSerializer INSTANCE = new TickAccumulatorSerializer();

    /** {@link TickAccumulator} as Flink sees it. */
    static final TypeInformation<TickAccumulator> TYPE =
            new OpaqueTypeInfo<>(TickAccumulator.class, INSTANCE);

    private TickAccumulatorSerializer() {}

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public TickAccumulator createInstance() {
        return new TickAccumulator(1);
    }

    @Override
    public TickAccumulator copy(TickAccumulator from) {
        return from.copy();
    }

    @Override
    public void serialize(TickAccumulator accumulator, DataOutputView target) throws IOException {
        accumulator.writeTo(target);
    }

    @Override
    public TickAccumulator deserialize(DataInputView source) throws IOException {
        try {
            return TickAccumulator.readFrom(source);
        } catch (UnknownFormatException e) {
            throw new StateException(e.getMessage());
        }
    }

    @Override
    public TypeSerializerSnapshot<TickAccumulator> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints; it has nothing to configure. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<TickAccumulator> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
