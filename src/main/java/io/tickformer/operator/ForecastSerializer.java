package io.tickformer.operator;

import io.tickformer.annotation.Public;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.serialization.ImmutableValueSerializer;
import io.tickformer.serialization.OpaqueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Serializes {@link Forecast} between tasks: version, then the fields in order; arrays as length
 * (int) and elements, the quality as a code.
 */
@Public
public final class ForecastSerializer extends ImmutableValueSerializer<Forecast> {
    private static final long serialVersionUID = 1L;

    public static final ForecastSerializer INSTANCE = new ForecastSerializer();

    /** {@link Forecast} as a Flink type. */
    public static final TypeInformation<Forecast> TYPE =
            new OpaqueTypeInfo<>(Forecast.class, INSTANCE);

    private ForecastSerializer() {
        super(1);
    }

    @Override
    protected void write(Forecast forecast, DataOutputView target) throws IOException {
        StringValue.writeString(forecast.series(), target);
        target.writeLong(forecast.tickIndex());
        target.writeLong(forecast.tickTimeMillis());
        target.writeLong(forecast.tickMillis());
        writeDoubles(forecast.quantileLevels(), target);
        writeDoubles(forecast.quantiles(), target);
        writeDoubles(forecast.mean(), target);
        StringValue.writeString(forecast.modelName(), target);
        StringValue.writeString(forecast.modelVersion(), target);
        target.writeInt(forecast.observedTicks());
        target.writeByte(code(forecast.quality()));
        target.writeBoolean(forecast.calibrated());
    }

    @Override
    protected Forecast read(DataInputView source) throws IOException {
        String series = StringValue.readString(source);
        long tickIndex = source.readLong();
        long tickTimeMillis = source.readLong();
        long tickMillis = source.readLong();
        return new Forecast(
                series,
                tickIndex,
                tickTimeMillis,
                tickMillis,
                readDoubles(source),
                readDoubles(source),
                readDoubles(source),
                StringValue.readString(source),
                StringValue.readString(source),
                source.readInt(),
                quality(source.readByte()),
                source.readBoolean());
    }

    private static byte code(ForecastQuality quality) {
        return switch (quality) {
            case WARMING_UP -> 1;
            case OK -> 2;
            case FALLBACK -> 3;
        };
    }

    private static ForecastQuality quality(byte code) throws IOException {
        return switch (code) {
            case 1 -> ForecastQuality.WARMING_UP;
            case 2 -> ForecastQuality.OK;
            case 3 -> ForecastQuality.FALLBACK;
            default ->
                    throw new IOException(
                            "the quality of a forecast has code %d; expected 1 to 3"
                                    .formatted(code));
        };
    }

    @Override
    public TypeSerializerSnapshot<Forecast> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints; it has nothing to configure. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Forecast> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
