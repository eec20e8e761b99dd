package io.tickformer.lab.chaos;

import io.tickformer.event.Forecast;
import io.tickformer.kafka.issued.FeedbackFieldReader;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Collectors;

/**
 * Compares what a disturbed run wrote to a topic with what an undisturbed run wrote.
 *
 * @param expected number of expected records, one per series and tick
 * @param lost expected records that are missing
 * @param duplicated records beyond the first of a series and tick
 * @param different records that differ from the undisturbed run, or have no counterpart there
 * @param largestDifference largest difference of a number from the undisturbed run, relative to the
 *     largest number of its forecast, or to the number itself in other records. After a fault the
 *     cache is rebuilt, with other rounding
 */
record Verdict(
        long expected, long lost, long duplicated, long different, double largestDifference) {
    /** Numbers of forecasts within this tolerance are equal: ten roundings of single precision. */
    static final double TOLERANCE = 1e-5;

    /**
     * The tolerance for scores and anomalies. An error is the difference of two numbers that are
     * nearly equal, so their rounding is a larger part of it.
     */
    static final double FEEDBACK_TOLERANCE = 1e-4;

    /**
     * Compares the forecasts of both runs.
     *
     * @param expected every series and tick with a forecast
     */
    static Verdict of(
            Set<SeriesTick> expected,
            Collection<Forecast> undisturbed,
            Collection<Forecast> disturbed) {
        return of(expected, undisturbed, disturbed, SeriesTick::of, Verdict::difference, TOLERANCE);
    }

    /** Compares the scores or the anomalies of both runs. */
    static Verdict ofFeedback(
            List<FeedbackFieldReader.Found> undisturbed,
            List<FeedbackFieldReader.Found> disturbed) {
        Set<SeriesTick> expected =
                undisturbed.stream().map(SeriesTick::of).collect(Collectors.toSet());
        return of(
                expected,
                undisturbed,
                disturbed,
                SeriesTick::of,
                (left, right) -> fieldDifference(left.fields(), right.fields()),
                FEEDBACK_TOLERANCE);
    }

    /**
     * @param difference of two records, relative; infinite or NaN if they are not even alike
     */
    private static <T> Verdict of(
            Set<SeriesTick> expected,
            Collection<T> undisturbed,
            Collection<T> disturbed,
            Function<T, SeriesTick> key,
            ToDoubleBiFunction<T, T> difference,
            double tolerance) {
        Map<SeriesTick, T> right = new HashMap<>();
        undisturbed.forEach(record -> right.put(key.apply(record), record));
        Map<SeriesTick, Integer> found = new HashMap<>();
        long duplicated = 0;
        long different = 0;
        double largest = 0;
        for (T record : disturbed) {
            SeriesTick identity = key.apply(record);
            if (found.merge(identity, 1, Integer::sum) > 1) {
                duplicated++;
            }
            T same = right.get(identity);
            double off =
                    same == null || !expected.contains(identity)
                            ? Double.POSITIVE_INFINITY
                            : difference.applyAsDouble(record, same);
            if (!(off <= tolerance)) {
                different++;
            }
            if (Double.isFinite(off)) {
                largest = Math.max(largest, off);
            }
        }
        long lost = expected.stream().filter(each -> !found.containsKey(each)).count();
        return new Verdict(expected.size(), lost, duplicated, different, largest);
    }

    private static double difference(Forecast left, Forecast right) {
        return isSameButForNumbers(left, right)
                ? Math.max(
                        difference(left.quantiles(), right.quantiles()),
                        difference(left.mean(), right.mean()))
                : Double.POSITIVE_INFINITY;
    }

    /** The largest relative difference of two numbers in fields that are equal otherwise. */
    private static double fieldDifference(Object left, Object right) {
        if (left instanceof Number one && right instanceof Number other) {
            double scale = Math.max(Math.abs(one.doubleValue()), Math.abs(other.doubleValue()));
            double off = Math.abs(one.doubleValue() - other.doubleValue());
            return one.equals(other) ? 0 : off / scale;
        }
        if (left instanceof List<?> these && right instanceof List<?> those) {
            double largest = these.size() == those.size() ? 0 : Double.POSITIVE_INFINITY;
            for (int i = 0; i < Math.min(these.size(), those.size()); i++) {
                largest = Math.max(largest, fieldDifference(these.get(i), those.get(i)));
            }
            return largest;
        }
        if (left instanceof Map<?, ?> these && right instanceof Map<?, ?> those) {
            double largest = these.keySet().equals(those.keySet()) ? 0 : Double.POSITIVE_INFINITY;
            for (Object name : these.keySet()) {
                largest = Math.max(largest, fieldDifference(these.get(name), those.get(name)));
            }
            return largest;
        }
        return Objects.equals(left, right) ? 0 : Double.POSITIVE_INFINITY;
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
