package io.tickformer.benchmark.peers;

import io.tickformer.context.Frame;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.TickPiece;
import io.tickformer.spec.ForecastSpec;

import java.util.Arrays;

/** Makes a forecast of what the model answered, as Tickformer does: its unit, ordered quantiles. */
final class Answer {
    private final ForecastSpec spec;
    private final double[] levels;

    Answer(ForecastSpec spec) {
        this.spec = spec;
        this.levels = spec.quantileLevels().stream().mapToDouble(Double::doubleValue).toArray();
    }

    Forecast of(TickPiece tick, Frame frame, float[] quantiles, float[] mean) {
        inUnit(quantiles, frame);
        inUnit(mean, frame);
        for (int step = 0; step < mean.length; step++) {
            Arrays.sort(quantiles, step * levels.length, (step + 1) * levels.length);
        }
        return new Forecast(
                tick.series(),
                tick.index(),
                tick.index() * spec.tickMillis(),
                spec.tickMillis(),
                levels,
                quantiles,
                mean,
                "bench",
                "1",
                0,
                ForecastQuality.OK);
    }

    private static void inUnit(float[] values, Frame frame) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] * frame.scale() + frame.location());
        }
    }
}
