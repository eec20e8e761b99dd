package io.tickformer.flow;

import io.tickformer.annotation.Internal;
import io.tickformer.event.TickAccumulator;
import io.tickformer.operator.MutableValueSerializer;
import io.tickformer.serialization.OpaqueTypeInfo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Serializes the observations of an open tick to state, in a versioned binary format. */
@Internal
public final class TickAccumulatorSerializer extends MutableValueSerializer<TickAccumulator> {
    private static final long serialVersionUID = 1L;

    public static final TickAccumulatorSerializer INSTANCE = new TickAccumulatorSerializer();

    /** The Flink type information of {@link TickAccumulator}. */
    static final TypeInformation<TickAccumulator> TYPE =
            new OpaqueTypeInfo<>(TickAccumulator.class, INSTANCE);

    private TickAccumulatorSerializer() {}

    @Override
    public TickAccumulator copy(TickAccumulator from) {
        return from.copy();
    }

    @Override
    protected void write(TickAccumulator accumulator, DataOutput target) throws IOException {
        accumulator.writeTo(target);
    }

    @Override
    protected TickAccumulator read(DataInput source) throws IOException {
        return TickAccumulator.readFrom(source);
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
