package io.tickformer.lab.soak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a figure that was read time after time grows, once what is loaded and filled once has
 * been.
 *
 * <p>Through the second half of the readings a robust line is laid: its slope is the median of the
 * slopes between every two of them (Theil 1950, Sen 1968), so that single readings count for
 * nothing. How much that line rises over the half is the growth. It is held to what is allowed: an
 * amount, or a part of the median, whichever is more.
 *
 * @param growth of the line
 * @param allowed growth
 */
record Trend(double growth, double allowed) {

    /**
     * The trend of readings at equal distances.
     *
     * @param readings in their order; at least four
     * @param amount allowed in any case
     * @param part of the median that is allowed
     */
    static Trend of(List<Double> readings, double amount, double part) {
        List<Double> half = readings.subList(readings.size() / 2, readings.size());
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < half.size(); i++) {
            for (int j = i + 1; j < half.size(); j++) {
                slopes.add((half.get(j) - half.get(i)) / (j - i));
            }
        }
        return new Trend(median(slopes) * (half.size() - 1), Math.max(amount, part * median(half)));
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Whether it grows by more than is allowed; not so where there were no readings. */
    boolean isGrowing() {
        return growth > allowed;
    }

    /** In a word. */
    String verdict() {
        return isGrowing() ? "growing" : "flat";
    }
}
