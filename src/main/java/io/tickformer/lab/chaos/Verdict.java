package io.tickformer.lab.chaos;

import io.tickformer.event.Forecast;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Compares the forecasts of a disturbed run with those of an undisturbed run.
 *
 * @param expected number of expected forecasts, one per series and tick
 * @param lost expected forecasts that are missing
 * @param duplicated forecasts beyond the first of a series and tick
 * @param different forecasts that differ from the undisturbed run, or have no counterpart there
 * @param largestDifference largest difference of a number from the undisturbed run, relative to the
 *     largest number of its forecast. After a fault the cache is rebuilt, with other rounding
 */
record Verdict(
        long expected, long lost, long duplicated, long different, double largestDifference) {
    /** Numbers within this tolerance are equal: about ten roundings of single precision. */
    static final double TOLERANCE = 1e-5;

    /**
     * Compares the forecasts of both runs.
     *
     * @param expected every series and tick with a forecast
     */
    static Verdict of(
            Set<SeriesTick> expected,
            Collection<Forecast> undisturbed,
            Collection<Forecast> disturbed) {
        Map<SeriesTick, Forecast> right = new HashMap<>();
        undisturbed.forEach(forecast -> right.put(SeriesTick.of(forecast), forecast));
        Map<SeriesTick, Integer> found = new HashMap<>();
        long duplicated = 0;
        long different = 0;
        double largest = 0;
        for (Forecast forecast : disturbed) {
            SeriesTick key = SeriesTick.of(forecast);
            if (found.merge(key, 1, Integer::sum) > 1) {
                duplicated++;
            }
            Forecast same = right.get(key);
            if (same == null || !expected.contains(key) || !isSameButForNumbers(forecast, same)) {
                different++;
                continue;
            }
            double difference =
                    Math.max(
                            difference(forecast.quantiles(), same.quantiles()),
                            difference(forecast.mean(), same.mean()));
            if (!(difference <= TOLERANCE)) {
                different++;
            }
            largest = Math.max(largest, difference);
        }
        long lost = expected.stream().filter(key -> !found.containsKey(key)).count();
        return new Verdict(expected.size(), lost, duplicated, different, largest);
    }

    private static boolean isSameButForNumbers(Forecast left, Forecast right) {
        return left.tickTimeMillis() == right.tickTimeMillis()
                && left.tickMillis() == right.tickMillis()
                && Arrays.equals(left.quantileLevels(), right.quantileLevels())
                && left.quantiles().length == right.quantiles().length
                && left.mean().length == right.mean().length
                && Objects.equals(left.modelName(), right.modelName())
                && Objects.equals(left.modelVersion(), right.modelVersion())
                && left.observedTicks() == right.observedTicks()
                && left.quality() == right.quality();
    }

    private static double difference(double[] left, double[] right) {
        double scale = 0;
        double largest = 0;
        for (int i = 0; i < left.length; i++) {
            scale = Math.max(scale, Math.abs(right[i]));
            largest = Math.max(largest, Math.abs(left[i] - right[i]));
        }
        return largest == 0 ? 0 : largest / scale;
    }

    /** Whether the faults changed nothing. */
    boolean isClean() {
        return lost == 0 && duplicated == 0 && different == 0;
    }

    @Override
    public String toString() {
        return "lost %d, duplicated %d, different %d".formatted(lost, duplicated, different);
    }
}
