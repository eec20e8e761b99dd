package io.tickformer.evaluation.backtest;

import io.tickformer.annotation.Internal;
import java.util.List;

/**
 * Forecast errors over all windows and series, at one horizon step or over all steps. An undefined
 * number is NaN. Missing targets are left out of every metric.
 *
 * <ul>
 *   <li><b>MSE, MAE</b>: errors in units of the standard deviation of each series' training set;
 *       mean over windows, steps and series, with equal weight for each target. This is the measure
 *       of the long-horizon tables (Zhou et al. 2021, Informer).
 *   <li><b>MASE</b> (Hyndman and Koehler 2006, "Another look at measures of forecast accuracy"):
 *       the mean absolute error of a series divided by the mean absolute error of the in-sample
 *       seasonal naive forecast of its training set; mean over series. Series with a zero or
 *       unknown denominator are left out.
 *   <li><b>RMSSE</b> (Makridakis, Spiliotis and Assimakopoulos 2022, "The M5 competition"): the
 *       same with squared errors, and the root of each series' quotient; mean over series. It is
 *       scaled by the seasonal difference; M5 used the difference of consecutive days.
 *   <li><b>Weighted quantile loss</b> (Salinas et al. 2020, DeepAR; related to the M5 accuracy
 *       tables): twice the pinball loss, summed over all targets of all series in their own units,
 *       divided by the sum of the absolute targets; mean over levels. Large series weigh more.
 *   <li><b>CRPS</b> (Gneiting and Raftery 2007, "Strictly proper scoring rules", equation 20): the
 *       integral of twice the pinball loss over all levels (Laio and Tamea 2007). The forecast
 *       levels are the nodes; the weight of each is the length of the part of (0, 1) that is
 *       nearest to it. In the units of the series; mean over targets. The CRPS of a point forecast
 *       is its absolute error.
 *   <li><b>Scaled CRPS</b>: a series' mean CRPS divided by the denominator of its MASE; mean over
 *       series.
 *   <li><b>Coverage</b> of a central interval: the share of targets in it, bounds included. Its
 *       <b>width</b>: mean over targets, in the units of the series.
 *   <li><b>Interval score</b> of a central interval of level 1 - a: its width plus 2/a times the
 *       distance of a target outside it (Gneiting and Raftery 2007, section 6.2). In the units of
 *       the series; mean over targets.
 * </ul>
 *
 * @param targets number of scored targets
 * @param mse z-scored
 * @param mae z-scored
 * @param wql weighted quantile loss
 * @param intervals the central intervals between symmetric quantile levels, narrowest first
 * @param shareBelow for each quantile level the share of targets at or below its quantile; for a
 *     calibrated forecast it equals the level
 */
@Internal
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
     * @param level nominal coverage
     * @param coverage the share of targets in the interval
     * @param width its mean width
     * @param score its mean interval score
     */
    public record Interval(double level, double coverage, double width, double score) {}
}
