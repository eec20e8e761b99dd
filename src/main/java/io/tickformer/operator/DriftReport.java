package io.tickformer.operator;

import io.tickformer.annotation.Internal;

/**
 * How many series of a subtask were forecast worse than usual at a tick.
 *
 * @param tick the tick index
 * @param series number of series that were scored
 * @param degraded how many of them are forecast worse than usual
 * @param errorRatios sum over all of them of recent errors as a multiple of usual errors
 */
@Internal
public record DriftReport(long tick, int series, int degraded, double errorRatios) {
    /** The report on the series of both. */
    DriftReport plus(DriftReport other) {
        return new DriftReport(
                tick,
                series + other.series,
                degraded + other.degraded,
                errorRatios + other.errorRatios);
    }
}
