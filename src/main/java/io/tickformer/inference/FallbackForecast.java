package io.tickformer.inference;

import io.tickformer.model.NormalQuantile;

/**
 * What stands in for an answer of the model that is not finite: the last observed value goes on,
 * and the quantile forecasts lie around it as those of a normal distribution of the series' running
 * standard deviation do. All of it is finite, and ascending as the levels are.
 */
final class FallbackForecast {
    private final double[] deviations; // Q

    /**
     * @param levels Q quantile levels, ascending
     */
    FallbackForecast(double[] levels) {
        deviations = new double[levels.length];
        for (int i = 0; i < levels.length; i++) {
            deviations[i] = NormalQuantile.of(levels[i]);
        }
    }

    /**
     * Writes the answer of some steps.
     *
     * @param last the last observed value
     * @param scale the running standard deviation
     * @param quantiles steps x Q
     * @param mean steps
     */
    void write(double last, double scale, double[] quantiles, double[] mean) {
        for (int step = 0; step < mean.length; step++) {
            mean[step] = last;
            for (int i = 0; i < deviations.length; i++) {
                quantiles[step * deviations.length + i] = last + deviations[i] * scale;
            }
        }
    }
}
