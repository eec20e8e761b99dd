package io.tickformer.serialization;

import io.tickformer.annotation.Internal;
import io.tickformer.event.ForecastScore;
import io.tickformer.event.StepScore;
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
 * Serializes {@link ForecastScore} between tasks: version, then the fields in order; arrays and
 * lists as length (int) and elements.
 */
@Internal
public final class ForecastScoreSerializer extends ImmutableValueSerializer<ForecastScore> {
    private static final long serialVersionUID = 1L;

    public static final ForecastScoreSerializer INSTANCE = new ForecastScoreSerializer();

    /** {@link ForecastScore} as a Flink type. */
    public static final TypeInformation<ForecastScore> TYPE =
            new OpaqueTypeInfo<>(ForecastScore.class, INSTANCE);

    private ForecastScoreSerializer() {
        super(1);
    }

    @Override
    protected void write(ForecastScore score, DataOutputView target) throws IOException {
        StringValue.writeString(score.series(), target);
        target.writeLong(score.tickIndex());
        target.writeLong(score.tickTimeMillis());
        target.writeLong(score.tickMillis());
        target.writeInt(score.seriesCount());
        target.writeInt(score.calibratedCount());
        target.writeInt(score.fallbackCount());
        writeDoubles(score.intervals(), target);
        target.writeInt(score.steps().size());
        for (StepScore step : score.steps()) {
            target.writeInt(step.step());
            target.writeDouble(step.targets());
            target.writeDouble(step.absoluteError());
            target.writeDouble(step.pinballLoss());
            target.writeDouble(step.naiveError());
            target.writeDouble(step.seasonalNaiveError());
            writeDoubles(step.coverage(), target);
        }
    }

    @Override
    protected ForecastScore read(DataInputView source) throws IOException {
        String series = StringValue.readString(source);
        long tickIndex = source.readLong();
        long tickTimeMillis = source.readLong();
        long tickMillis = source.readLong();
        int seriesCount = source.readInt();
        int calibratedCount = source.readInt();
        int fallbackCount = source.readInt();
        double[] intervals = readDoubles(source);
        int count = source.readInt();
        List<StepScore> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(
                    new StepScore(
                            source.readInt(),
                            source.readDouble(),
                            source.readDouble(),
                            source.readDouble(),
                            source.readDouble(),
                            source.readDouble(),
                            readDoubles(source)));
        }
        return new ForecastScore(
                series,
                tickIndex,
                tickTimeMillis,
                tickMillis,
                seriesCount,
                calibratedCount,
                fallbackCount,
                intervals,
                steps);
    }

    @Override
    public TypeSerializerSnapshot<ForecastScore> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Identifies the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ForecastScore> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
