package io.tickformer.operator;

import io.tickformer.feedback.mixture.DriftDetector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Serializes {@link DriftDetector} for state, in its own binary form. */
final class DriftDetectorSerializer extends MutableValueSerializer<DriftDetector> {
    private static final long serialVersionUID = 1L;

    static final DriftDetectorSerializer INSTANCE = new DriftDetectorSerializer();

    private DriftDetectorSerializer() {}

    @Override
    public DriftDetector copy(DriftDetector from) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            from.writeTo(new DataOutputStream(bytes));
            return DriftDetector.readFrom(
                    new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
    }

    @Override
    protected void write(DriftDetector detector, DataOutput target) throws IOException {
        detector.writeTo(target);
    }

    @Override
    protected DriftDetector read(DataInput source) throws IOException {
        return DriftDetector.readFrom(source);
    }

    @Override
    public TypeSerializerSnapshot<DriftDetector> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints; it has nothing to configure. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DriftDetector> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
