package io.tickformer.forecaster;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Forecast;

/**
 * Reduces forecasts to some of their quantile levels. The feedback needs all levels of the model;
 * the settings say which of them are emitted.
 *
 * <p>Emitted forecasts share one array of levels.
 */
@Internal
public final class QuantileSelection {
    private final int[] positions;
    private final double[] levels;
    private final boolean isAll;

    /**
     * @param levels the quantile levels of the forecasts
     * @param positions of the selected ones, ascending
     */
    public QuantileSelection(double[] levels, int[] positions) {
        this.positions = positions.clone();
        this.isAll = positions.length == levels.length;
        this.levels = new double[positions.length];
        for (int i = 0; i < positions.length; i++) {
            this.levels[i] = levels[positions[i]];
        }
    }

    /** The forecast with the selected levels only. */
    public Forecast of(Forecast forecast) {
        if (isAll) {
            return forecast;
        }
        int all = forecast.quantileLevels().length;
        int steps = forecast.horizon();
        double[] quantiles = new double[steps * positions.length];
        for (int step = 0; step < steps; step++) {
            for (int i = 0; i < positions.length; i++) {
                quantiles[step * positions.length + i] =
                        forecast.quantiles()[step * all + positions[i]];
            }
        }
        return new Forecast(
                forecast.series(),
                forecast.tickIndex(),
                forecast.tickTimeMillis(),
                forecast.tickMillis(),
                levels,
                quantiles,
                forecast.mean(),
                forecast.modelName(),
                forecast.modelVersion(),
                forecast.observedTicks(),
                forecast.quality(),
                forecast.calibrated());
    }
}
