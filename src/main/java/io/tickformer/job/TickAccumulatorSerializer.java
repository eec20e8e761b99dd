package io.tickformer.job;

import io.tickformer.event.TickAccumulator;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Keeps the observations of a tick in state, in their own versioned binary form. */
public final class TickAccumulatorSerializer extends TypeSerializerSingleton<TickAccumulator> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public TickAccumulator createInstance() {
        return new TickAccumulator();
    }

    @Override
    public TickAccumulator copy(TickAccumulator from) {
        TickAccumulator copy = new TickAccumulator();
        copy.add(from);
        return copy;
    }

    @Override
    public TickAccumulator copy(TickAccumulator from, TickAccumulator reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(TickAccumulator accumulator, DataOutputView target) throws IOException {
        accumulator.writeTo(target);
    }

    @Override
    public TickAccumulator deserialize(DataInputView source) throws IOException {
        return TickAccumulator.readFrom(source);
    }

    @Override
    public TickAccumulator deserialize(TickAccumulator reuse, DataInputView source)
            throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public TypeSerializerSnapshot<TickAccumulator> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names this serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<TickAccumulator> {
        public Snapshot() {
            super(TickAccumulatorSerializer::new);
        }
    }
}
