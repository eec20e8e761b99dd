package io.tickformer.evaluation.backtest;

import io.tickformer.history.SplitBorders;

/**
 * The scales of the errors of a series, computed from the training set.
 *
 * @param deviation population standard deviation of the observed values, the unit of z-scored
 *     errors; 1 for a constant series, as in published long-horizon tables; NaN without values
 * @param absolute mean absolute error of the in-sample seasonal naive forecast, {@code mean |y_t -
 *     y_(t-m)|} over the pairs of observed values: the denominator of MASE (Hyndman and Koehler
 *     2006); NaN if it is zero or there is no pair
 * @param squared mean squared error of the same forecast: the denominator of RMSSE (Makridakis,
 *     Spiliotis and Assimakopoulos 2022, the M5 competition, there with m = 1); NaN likewise
 */
record SeriesScale(double deviation, double absolute, double squared) {
    /**
     * The scales of a series.
     *
     * @param season m, ticks
     */
    static SeriesScale of(ActualSeries series, SplitBorders borders, int season) {
        long end = Math.min(series.endTick(), borders.trainEnd());
        // Welford's recursion is accurate for values far from zero.
        long count = 0;
        double mean = 0;
        double squares = 0;
        long pairs = 0;
        double absolute = 0;
        double squared = 0;
        for (long tick = series.firstTick(); tick < end; tick++) {
            double value = series.valueAt(tick);
            if (Double.isNaN(value)) {
                continue;
            }
            count++;
            double delta = value - mean;
            mean += delta / count;
            squares += delta * (value - mean);
            double difference = value - series.valueAt(tick - season);
            if (!Double.isNaN(difference)) {
                pairs++;
                absolute += Math.abs(difference);
                squared += difference * difference;
            }
        }
        double deviation = count == 0 ? Double.NaN : Math.sqrt(squares / count);
        return new SeriesScale(
                deviation == 0 ? 1 : deviation,
                absolute == 0 ? Double.NaN : absolute / pairs,
                squared == 0 ? Double.NaN : squared / pairs);
    }
}
