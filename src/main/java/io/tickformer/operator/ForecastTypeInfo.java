package io.tickformer.operator;

import io.tickformer.event.Forecast;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** {@link Forecast} as Flink sees it. */
public final class ForecastTypeInfo extends EventTypeInfo<Forecast> {
    private static final long serialVersionUID = 1L;

    public static final ForecastTypeInfo INSTANCE = new ForecastTypeInfo();

    private ForecastTypeInfo() {
        super(Forecast.class);
    }

    @Override
    TypeSerializer<Forecast> serializer() {
        return ForecastSerializer.INSTANCE;
    }
}
