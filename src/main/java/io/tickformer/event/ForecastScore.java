package io.tickformer.event;

import io.tickformer.annotation.Public;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * How good the recent forecasts of a series have been, or those of the whole job. It depends on the
 * stream alone.
 *
 * @param series the series key; empty for the whole job
 * @param tickIndex the newest tick that was scored
 * @param tickTimeMillis start of that tick, in milliseconds since the Unix epoch
 * @param tickMillis length of a tick in milliseconds
 * @param seriesCount number of series: 1, or those of the job that reported
 * @param calibratedCount how many of them have calibrated intervals
 * @param fallbackCount how many of them are forecast by a simple forecaster instead of the model
 * @param intervals nominal coverage of the central intervals, such as 0.8, ascending; the record
 *     owns the array
 * @param steps the scored horizon steps, ascending. Errors are in the unit of the series; for the
 *     whole job they are multiples of the error of naive of the same series and step, mean over
 *     series
 */
@Public
public record ForecastScore(
        String series,
        long tickIndex,
        long tickTimeMillis,
        long tickMillis,
        int seriesCount,
        int calibratedCount,
        int fallbackCount,
        double[] intervals,
        List<StepScore> steps) {
    public ForecastScore {
        Objects.requireNonNull(series, "series");
        steps = List.copyOf(steps);
        for (StepScore step : steps) {
            if (step.coverage().length != intervals.length) {
                throw new IllegalArgumentException(
                        "step %d has the coverage of %d intervals; expected %d"
                                .formatted(step.step(), step.coverage().length, intervals.length));
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ForecastScore that
                && series.equals(that.series)
                && tickIndex == that.tickIndex
                && tickTimeMillis == that.tickTimeMillis
                && tickMillis == that.tickMillis
                && seriesCount == that.seriesCount
                && calibratedCount == that.calibratedCount
                && fallbackCount == that.fallbackCount
                && Arrays.equals(intervals, that.intervals)
                && steps.equals(that.steps);
    }

    @Override
    public int hashCode() {
        return Objects.hash(series, tickIndex, steps);
    }
}
