package io.tickformer.evaluation;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Forecast;

/** Medians of forecasts. */
@Internal
public final class Medians {
    private static final double MEDIAN = 0.5;

    private Medians() {}

    /**
     * The median of a step (from 0): the quantile of level 0.5. If that level is not forecast,
     * linear interpolation between the neighbouring levels, or the nearest level if 0.5 is outside
     * them.
     */
    public static double of(Forecast forecast, int step) {
        double[] levels = forecast.quantileLevels();
        int above = 0;
        while (above < levels.length && levels[above] < MEDIAN) {
            above++;
        }
        if (above == levels.length) {
            return forecast.quantile(step, levels.length - 1);
        }
        double upper = forecast.quantile(step, above);
        if (above == 0 || levels[above] == MEDIAN) {
            return upper;
        }
        double lower = forecast.quantile(step, above - 1);
        double share = (MEDIAN - levels[above - 1]) / (levels[above] - levels[above - 1]);
        return lower + share * (upper - lower);
    }
}
