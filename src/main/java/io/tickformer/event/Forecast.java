package io.tickformer.event;

import io.tickformer.annotation.Public;
import java.util.Arrays;
import java.util.Objects;

/**
 * The forecast of one series issued at one tick. It depends on the stream alone, not on the wall
 * clock.
 *
 * <p>Horizon step {@code k} (from 0) is the forecast of tick {@code tickIndex + 1 + k}. The record
 * owns the arrays, which must not be changed. They are primitive and flat because there is a
 * forecast per tick and series.
 *
 * @param series the series key
 * @param tickIndex the tick at which it was issued: the newest tick of its context
 * @param tickTimeMillis start of that tick, in milliseconds since the Unix epoch
 * @param tickMillis length of a tick in milliseconds
 * @param quantileLevels Q quantile levels in (0, 1), ascending
 * @param quantiles H x Q quantile forecasts in the unit of the series, step after step; ascending
 *     within a step
 * @param mean H mean forecasts in the unit of the series
 * @param modelName name of the model
 * @param modelVersion version of that model
 * @param observedTicks number of observed ticks in the context
 * @param quality how reliable it is
 * @param calibrated whether its quantiles are corrected by where enough earlier values of the
 *     series fell in the forecasts made for them
 */
@Public
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
        ForecastQuality quality,
        boolean calibrated) {

    public Forecast {
        Objects.requireNonNull(series, "series");
        Objects.requireNonNull(quality, "quality");
        if (quantiles.length != quantileLevels.length * mean.length) {
            throw new IllegalArgumentException(
                    "quantiles has %d values; expected %d steps x %d levels"
                            .formatted(quantiles.length, mean.length, quantileLevels.length));
        }
    }

    /** A forecast as the model made it, which is not calibrated. */
    public Forecast(
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
        this(
                series,
                tickIndex,
                tickTimeMillis,
                tickMillis,
                quantileLevels,
                quantiles,
                mean,
                modelName,
                modelVersion,
                observedTicks,
                quality,
                false);
    }

    /** The forecast of the same series at the same tick with other values of the same shape. */
    public Forecast withValues(
            double[] newQuantiles,
            double[] newMean,
            ForecastQuality newQuality,
            boolean nowCalibrated) {
        return new Forecast(
                series,
                tickIndex,
                tickTimeMillis,
                tickMillis,
                quantileLevels,
                newQuantiles,
                newMean,
                modelName,
                modelVersion,
                observedTicks,
                newQuality,
                nowCalibrated);
    }

    /** H, the number of horizon steps. */
    public int horizon() {
        return mean.length;
    }

    /** The quantile forecast of a horizon step (from 0) for the quantile level at an index. */
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
                && quality == that.quality
                && calibrated == that.calibrated;
    }

    @Override
    public int hashCode() {
        return Objects.hash(series, tickIndex, Arrays.hashCode(mean));
    }
}
