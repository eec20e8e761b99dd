package io.tickformer.evaluation.backtest;

import java.util.List;

/**
 * How far forecasts were from what came, over all windows and series, at one horizon step or at
 * all. A number that is not defined is NaN; missing targets take no part in any.
 *
 * <ul>
 *   <li><b>MSE, MAE</b>: the errors of every series in units of the standard deviation of its
 *       training part; mean over windows, steps and series at once, each target counting the same.
 *       This is the measure of the long-horizon tables (Zhou et al. 2021, Informer).
 *   <li><b>MASE</b> (Hyndman and Koehler 2006, "Another look at measures of forecast accuracy"):
 *       the mean absolute error of a series over the mean absolute error of the in-sample seasonal
 *       naive forecast of its training part; mean over series. Series of which that denominator is
 *       zero or unknown are left out.
 *   <li><b>RMSSE</b> (Makridakis, Spiliotis and Assimakopoulos 2022, "The M5 competition"): the
 *       same with squares, and the root taken of each series' quotient; mean over series. It is
 *       scaled by the seasonal difference, where M5 took the difference of neighbouring days.
 *   <li><b>Weighted quantile loss</b> (Salinas et al. 2020, DeepAR; the M5 accuracy tables' kin):
 *       twice the pinball loss, summed over all targets of all series in their own units, over the
 *       sum of the targets' magnitudes; mean over levels. Large series weigh more.
 *   <li><b>CRPS</b> (Gneiting and Raftery 2007, "Strictly proper scoring rules", equation 20) as
 *       the integral of twice the pinball loss over all levels (Laio and Tamea 2007), of which the
 *       forecast levels are the nodes, each weighted by the part of (0, 1) that is nearest to it.
 *       In the series' own units; mean over targets. The CRPS of a point is its absolute error.
 *   <li><b>Scaled CRPS</b>: a series' mean CRPS over the denominator of its MASE; mean over series.
 *   <li><b>Coverage</b> of a central interval: the share of targets in it, bounds included. Its
 *       <b>width</b>: mean over targets, in the series' own units.
 * </ul>
 *
 * @param targets targets scored
 * @param mse z-scored
 * @param mae z-scored
 * @param wql weighted quantile loss
 * @param intervals the central intervals that the quantile levels make, narrowest first
 * @param shareBelow for each quantile level the share of targets at or below its quantile; a
 *     calibrated forecast's equals the level
 */
public record Metrics(
        long targets,
        double mse,
        double mae,
        double mase,
        double rmsse,
        double wql,
        double crps,
        double scaledCrps,
        List<Interval> intervals,
        List<Double> shareBelow) {
    public Metrics {
        intervals = List.copyOf(intervals);
        shareBelow = List.copyOf(shareBelow);
    }

    /**
     * A central interval of the forecasts.
     *
     * @param level the probability it should hold the target with
     * @param coverage the share of targets it held
     * @param width its mean width
     */
    public record Interval(double level, double coverage, double width) {}
}
