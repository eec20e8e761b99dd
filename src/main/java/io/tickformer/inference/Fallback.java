package io.tickformer.inference;

import io.tickformer.model.NormalQuantile;

/**
 * What stands in for an answer of the model that is not finite: the last observed value goes on,
 * and the quantile forecasts lie around it as those of a normal distribution of the series' running
 * standard deviation do. All of it is finite, and ascending as the levels are.
 */
final class Fallback {
    private final double[] deviations; // Q

    /**
     * @param levels Q quantile levels, ascending
     */
    Fallback(double[] levels) {
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
     * @param from the first step
     * @param end the step after the last
     */
    void write(double last, double scale, float[] quantiles, float[] mean, int from, int end) {
        for (int step = from; step < end; step++) {
            mean[step] = bounded(last);
            for (int i = 0; i < deviations.length; i++) {
                quantiles[step * deviations.length + i] = bounded(last + deviations[i] * scale);
            }
        }
    }

    private static float bounded(double value) {
        return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value));
    }
}
