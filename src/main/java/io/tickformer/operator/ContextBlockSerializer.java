package io.tickformer.operator;

import io.tickformer.annotation.Internal;
import io.tickformer.context.ContextBlock;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Serializes blocks of contexts for state, in the binary form of {@link ContextBlock#writeTo}. */
@Internal
public final class ContextBlockSerializer extends MutableValueSerializer<ContextBlock> {
    private static final long serialVersionUID = 1L;

    static final ContextBlockSerializer INSTANCE = new ContextBlockSerializer();

    private ContextBlockSerializer() {}

    @Override
    public ContextBlock copy(ContextBlock from) {
        return from.copy();
    }

    @Override
    protected void write(ContextBlock block, DataOutput target) throws IOException {
        block.writeTo(target);
    }

    @Override
    protected ContextBlock read(DataInput source) throws IOException {
        return ContextBlock.readFrom(source);
    }

    @Override
    public TypeSerializerSnapshot<ContextBlock> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints; it has nothing to configure. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ContextBlock> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
