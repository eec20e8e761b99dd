package io.tickformer.event;

import java.util.Arrays;
import java.util.Objects;

/**
 * The forecast of one series issued at one tick. A function of the stream alone: no wall clock
 * takes part in it.
 *
 * <p>Step {@code k} (from 0) speaks of tick {@code tickIndex + 1 + k}. The arrays are owned by the
 * record and must not be changed; they are primitive and flat because forecasts are made per tick
 * and per series.
 *
 * @param series the series key
 * @param tickIndex the tick at which the forecast was issued: the last one in its context
 * @param tickTimeMillis start of that tick, in milliseconds since the Unix epoch
 * @param tickMillis length of a tick in milliseconds
 * @param quantileLevels Q quantile levels in (0, 1), ascending
 * @param quantiles H x Q quantile forecasts in the series' own unit, step after step; ascending
 *     within a step
 * @param mean H mean forecasts in the series' own unit
 * @param modelName name of the model that made it
 * @param modelVersion version of that model
 * @param observedTicks number of observed ticks in the context
 * @param quality how much it may be relied on
 */
public record Forecast(
        String series,
        long tickIndex,
        long tickTimeMillis,
        long tickMillis,
        double[] quantileLevels,
        double[] quantiles,
        double[] mean,
        String modelName,
        String modelVersion,
        int observedTicks,
        ForecastQuality quality) {

    public Forecast {
        Objects.requireNonNull(series, "series");
        Objects.requireNonNull(quality, "quality");
        if (quantiles.length != quantileLevels.length * mean.length) {
            throw new IllegalArgumentException(
                    "quantiles has %d values; expected %d steps x %d levels"
                            .formatted(quantiles.length, mean.length, quantileLevels.length));
        }
    }

    /** Number of steps H. */
    public int horizon() {
        return mean.length;
    }

    /** The quantile forecast of a step (from 0) at the given position among the quantile levels. */
    public double quantile(int step, int level) {
        return quantiles[step * quantileLevels.length + level];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Forecast that
                && series.equals(that.series)
                && tickIndex == that.tickIndex
                && tickTimeMillis == that.tickTimeMillis
                && tickMillis == that.tickMillis
                && Arrays.equals(quantileLevels, that.quantileLevels)
                && Arrays.equals(quantiles, that.quantiles)
                && Arrays.equals(mean, that.mean)
                && Objects.equals(modelName, that.modelName)
                && Objects.equals(modelVersion, that.modelVersion)
                && observedTicks == that.observedTicks
                && quality == that.quality;
    }

    @Override
    public int hashCode() {
        return Objects.hash(series, tickIndex, Arrays.hashCode(mean));
    }
}
