package io.tickformer.operator;

import io.tickformer.annotation.Internal;
import io.tickformer.serialization.ImmutableValueSerializer;
import io.tickformer.serialization.OpaqueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes {@link DriftReport} between tasks: version, then the fields in order. */
@Internal
public final class DriftReportSerializer extends ImmutableValueSerializer<DriftReport> {
    private static final long serialVersionUID = 1L;

    public static final DriftReportSerializer INSTANCE = new DriftReportSerializer();

    /** {@link DriftReport} as a Flink type. */
    public static final TypeInformation<DriftReport> TYPE =
            new OpaqueTypeInfo<>(DriftReport.class, INSTANCE);

    private DriftReportSerializer() {
        super(1);
    }

    @Override
    protected void write(DriftReport report, DataOutputView target) throws IOException {
        target.writeLong(report.tick());
        target.writeInt(report.series());
        target.writeInt(report.degraded());
        target.writeDouble(report.errorRatios());
    }

    @Override
    protected DriftReport read(DataInputView source) throws IOException {
        return new DriftReport(
                source.readLong(), source.readInt(), source.readInt(), source.readDouble());
    }

    @Override
    public TypeSerializerSnapshot<DriftReport> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Identifies the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DriftReport> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
