package io.tickformer.lab.chaos;

import io.tickformer.event.Forecast;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What faults have done to the forecasts of a stream.
 *
 * @param expected number of forecasts that there must be, one for each series and tick
 * @param lost those of them that are missing
 * @param duplicated forecasts beyond the first of their series and tick
 * @param different forecasts that are not the undisturbed run's, or whose series and tick has none
 * @param largestDifference between a number and the undisturbed run's, relative to the largest
 *     number of its forecast: what was cached is computed anew after a fault, and rounded otherwise
 */
record Verdict(
        long expected, long lost, long duplicated, long different, double largestDifference) {
    /** Up to here numbers are equal: some ten roundings of single precision. */
    static final double TOLERANCE = 1e-5;

    /**
     * Compares the forecasts of a disturbed run with those of an undisturbed one.
     *
     * @param expected every series and tick that has a forecast
     */
    static Verdict of(
            Set<TickKey> expected,
            Collection<Forecast> undisturbed,
            Collection<Forecast> disturbed) {
        Map<TickKey, Forecast> right = new HashMap<>();
        undisturbed.forEach(forecast -> right.put(TickKey.of(forecast), forecast));
        Map<TickKey, Integer> found = new HashMap<>();
        long duplicated = 0;
        long different = 0;
        double largest = 0;
        for (Forecast forecast : disturbed) {
            TickKey key = TickKey.of(forecast);
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

    /** Whether the faults have changed nothing. */
    boolean isClean() {
        return lost == 0 && duplicated == 0 && different == 0;
    }

    @Override
    public String toString() {
        return "lost %d, duplicated %d, different %d".formatted(lost, duplicated, different);
    }
}
