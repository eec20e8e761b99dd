package io.tickformer.feedback.issued;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Forecast;
import java.util.Arrays;

/**
 * The values of one forecast, turned: for each quantile level an array over the horizon. What is
 * computed at each step and level is then a few long loops instead of many short ones, which takes
 * half of the time. Reused from forecast to forecast; not thread-safe.
 */
@Internal
public final class ForecastPaths {
    private final double[][] quantiles; // Q x H
    private final double[] mean; // H

    /** Room for a forecast of a shape. */
    public ForecastPaths(FeedbackShape shape) {
        quantiles = new double[shape.levels()][shape.horizon()];
        mean = new double[shape.horizon()];
    }

    /** Takes the values of a forecast. */
    public void load(Forecast forecast) {
        double[] from = forecast.quantiles();
        for (int i = 0; i < quantiles.length; i++) {
            double[] path = quantiles[i];
            int at = i;
            for (int step = 0; step < path.length; step++) {
                path[step] = from[at];
                at += quantiles.length;
            }
        }
        System.arraycopy(forecast.mean(), 0, mean, 0, mean.length);
    }

    /** Sets all values to one. */
    public void fill(double value) {
        for (double[] path : quantiles) {
            Arrays.fill(path, value);
        }
        Arrays.fill(mean, value);
    }

    /** Q, the number of levels. */
    public int levels() {
        return quantiles.length;
    }

    /** H, the number of horizon steps. */
    public int horizon() {
        return mean.length;
    }

    /** The H quantiles of a level, to be changed in place. */
    public double[] quantiles(int level) {
        return quantiles[level];
    }

    /** The H means, to be changed in place. */
    public double[] mean() {
        return mean;
    }

    /** Raises the quantiles of a level that lie below those of the level before. */
    public void keepAboveLevelBefore(int level) {
        double[] path = quantiles[level];
        double[] bound = quantiles[level - 1];
        for (int step = 0; step < path.length; step++) {
            path[step] = Math.max(path[step], bound[step]);
        }
    }

    /** Lowers the quantiles of a level that lie above those of the level after. */
    public void keepBelowLevelAfter(int level) {
        double[] path = quantiles[level];
        double[] bound = quantiles[level + 1];
        for (int step = 0; step < path.length; step++) {
            path[step] = Math.min(path[step], bound[step]);
        }
    }

    /** Whether all values are finite, if the quantiles of each step ascend. */
    public boolean isFinite() {
        return isFinite(quantiles[0])
                && isFinite(quantiles[quantiles.length - 1])
                && isFinite(mean);
    }

    private static boolean isFinite(double[] path) {
        for (double value : path) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** H x Q quantiles in a new array. */
    public double[] copyQuantiles() {
        double[] to = new double[quantiles.length * mean.length];
        for (int i = 0; i < quantiles.length; i++) {
            double[] path = quantiles[i];
            int at = i;
            for (int step = 0; step < path.length; step++) {
                to[at] = path[step];
                at += quantiles.length;
            }
        }
        return to;
    }
}
