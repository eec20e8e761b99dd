package io.tickformer.lab.drill;

import io.tickformer.event.Forecast;

/**
 * The recorded quantiles of a forecast.
 *
 * @param low by step, the quantile with the level nearest to 0.1
 * @param median by step, the quantile with the level nearest to 0.5
 * @param high by step, the quantile with the level nearest to 0.9
 */
record QuantileBand(double[] low, double[] median, double[] high) {

    /** The quantiles of the first steps of a forecast. */
    static QuantileBand of(Forecast forecast, int steps) {
        return new QuantileBand(
                quantile(forecast, steps, 0.1),
                quantile(forecast, steps, 0.5),
                quantile(forecast, steps, 0.9));
    }

    private static double[] quantile(Forecast forecast, int steps, double wanted) {
        double[] levels = forecast.quantileLevels();
        int nearest = 0;
        for (int i = 1; i < levels.length; i++) {
            if (Math.abs(levels[i] - wanted) < Math.abs(levels[nearest] - wanted)) {
                nearest = i;
            }
        }
        double[] values = new double[Math.min(steps, forecast.horizon())];
        for (int step = 0; step < values.length; step++) {
            values[step] = forecast.quantile(step, nearest);
        }
        return values;
    }
}
