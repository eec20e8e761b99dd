package io.tickformer.benchmark.peers;

import io.tickformer.context.Frame;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.TickPiece;
import io.tickformer.spec.ForecastSpec;

import java.util.Arrays;

/** Turns the output of the model into a forecast in the unit of the series, with sorted quantiles. */
final class Answer {
    private final ForecastSpec spec;
    private final double[] levels;

    Answer(ForecastSpec spec) {
        this.spec = spec;
        this.levels = spec.quantileLevels().stream().mapToDouble(Double::doubleValue).toArray();
    }

    Forecast of(TickPiece tick, Frame frame, float[] quantiles, float[] mean) {
        double[] ownQuantiles = inUnit(quantiles, frame);
        for (int step = 0; step < mean.length; step++) {
            Arrays.sort(ownQuantiles, step * levels.length, (step + 1) * levels.length);
        }
        return new Forecast(
                tick.series(),
                tick.index(),
                tick.index() * spec.tickMillis(),
                spec.tickMillis(),
                levels,
                ownQuantiles,
                inUnit(mean, frame),
                "bench",
                "1",
                0,
                ForecastQuality.OK);
    }

    private static double[] inUnit(float[] values, Frame frame) {
        double[] own = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            own[i] = values[i] * frame.scale() + frame.location();
        }
        return own;
    }
}
