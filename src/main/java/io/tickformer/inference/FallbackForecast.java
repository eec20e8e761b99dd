package io.tickformer.inference;

import io.tickformer.spec.NormalQuantile;

/**
 * Replaces an answer of the model that is not finite. The mean is the last observed value. The
 * quantiles are those of a normal distribution around it, with the running standard deviation of
 * the series. All values are finite, and the quantiles ascend.
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
     * Writes the forecast of some horizon steps.
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
