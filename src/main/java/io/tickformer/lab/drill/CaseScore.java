package io.tickformer.lab.drill;

/**
 * Scores of the forecasts of a case.
 *
 * @param errorRatio mean absolute error of the median, divided by that on the clean series
 * @param widthRatio width of the 80 % interval, divided by that on the clean series
 * @param naiveRatio mean absolute error of the median, divided by that of naive on the same series
 * @param difference largest difference from the forecasts of the clean series, in spreads
 * @param forecasts number of expected forecasts that arrived, plus repeated ones
 * @param expected number of expected forecasts
 * @param missing number of expected forecasts that did not arrive
 * @param repeated number of forecasts that arrived again
 */
record CaseScore(
        double errorRatio,
        double widthRatio,
        double naiveRatio,
        double difference,
        long forecasts,
        long expected,
        long missing,
        long repeated) {}
