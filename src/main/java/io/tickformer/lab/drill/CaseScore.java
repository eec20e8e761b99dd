package io.tickformer.lab.drill;

/**
 * How the forecasts of a case did.
 *
 * @param errorRatio mean absolute error of the median, to that on the clean series
 * @param widthRatio width of the interval of 80 %, to that on the clean series
 * @param naiveRatio mean absolute error of the median, to that of naive on the same series
 * @param difference the largest one from the forecasts of the clean series, in spreads
 * @param forecasts that came: expected ones, and repeated ones once more
 * @param expected forecasts
 * @param missing expected ones that did not come
 * @param repeated ones that came again
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
