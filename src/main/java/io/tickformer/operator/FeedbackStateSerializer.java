package io.tickformer.operator;

import io.tickformer.forecaster.FeedbackState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Serializes {@link FeedbackState} for state, in its own binary form. */
final class FeedbackStateSerializer extends MutableValueSerializer<FeedbackState> {
    private static final long serialVersionUID = 1L;

    static final FeedbackStateSerializer INSTANCE = new FeedbackStateSerializer();

    private FeedbackStateSerializer() {}

    @Override
    public FeedbackState copy(FeedbackState from) {
        try {
            return from.copy();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
    }

    @Override
    protected void write(FeedbackState feedback, DataOutput target) throws IOException {
        feedback.writeTo(target);
    }

    @Override
    protected FeedbackState read(DataInput source) throws IOException {
        return FeedbackState.readFrom(source);
    }

    @Override
    public TypeSerializerSnapshot<FeedbackState> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints; it has nothing to configure. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<FeedbackState> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
