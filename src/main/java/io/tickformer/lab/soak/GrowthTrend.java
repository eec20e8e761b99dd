package io.tickformer.lab.soak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tells whether a measure keeps growing after startup.
 *
 * <p>It fits a robust line to the second half of the readings: the slope is the median of the
 * slopes between all pairs (Theil 1950, Sen 1968), so single readings have no influence. The growth
 * is the rise of that line over the half. It is compared with the allowed growth: an absolute
 * amount or a part of the median, whichever is larger.
 *
 * @param growth rise of the line
 * @param allowed allowed growth
 */
record GrowthTrend(double growth, double allowed) {

    /**
     * The trend of readings at equal distances.
     *
     * @param readings in order; at least four
     * @param amount absolute growth that is always allowed
     * @param part allowed growth as a part of the median
     */
    static GrowthTrend of(List<Double> readings, double amount, double part) {
        List<Double> half = readings.subList(readings.size() / 2, readings.size());
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < half.size(); i++) {
            for (int j = i + 1; j < half.size(); j++) {
                slopes.add((half.get(j) - half.get(i)) / (j - i));
            }
        }
        return new GrowthTrend(
                median(slopes) * (half.size() - 1), Math.max(amount, part * median(half)));
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Whether the growth exceeds the allowed growth; false without readings. */
    boolean isGrowing() {
        return growth > allowed;
    }

    /** The verdict as a word. */
    String verdict() {
        return isGrowing() ? "growing" : "flat";
    }
}
