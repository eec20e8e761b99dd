package io.tickformer.evaluation.nab;

import io.tickformer.annotation.Internal;
import java.util.Arrays;

/**
 * Median absolute deviations. The score of a row is the distance of its value from the median of
 * the rows in a window before it, divided by their median absolute deviation. While the window
 * fills, a score needs a tenth of it. If more than half of the rows are equal, the mean absolute
 * deviation takes the place of the median; if all are equal, the score is 0 for the same value and
 * the largest finite number for another.
 */
@Internal
public final class MedianDeviation implements RowDetector {
    private final double[] window;
    private final double[] sorted;
    private int size;
    private int oldest;

    /**
     * @param rows rows in the window, at least 10
     */
    public MedianDeviation(int rows) {
        if (rows < 10) {
            throw new IllegalArgumentException(
                    "the window has %d rows; expected at least 10".formatted(rows));
        }
        window = new double[rows];
        sorted = new double[rows];
    }

    @Override
    public double next(double value) {
        double score = 10 * size < window.length ? 0 : score(value);
        if (size < window.length) {
            window[size++] = value;
        } else {
            window[oldest] = value;
            oldest = (oldest + 1) % window.length;
        }
        return score;
    }

    private double score(double value) {
        double median = median(window);
        double[] deviations = new double[size];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            deviations[i] = Math.abs(window[i] - median);
            sum += deviations[i];
        }
        double middle = median(deviations);
        double scale = middle == 0 ? sum / size : middle;
        double distance = Math.abs(value - median);
        if (distance == 0) {
            return 0;
        }
        return scale == 0 ? Double.MAX_VALUE : distance / scale;
    }

    private double median(double[] values) {
        System.arraycopy(values, 0, sorted, 0, size);
        Arrays.sort(sorted, 0, size);
        return (sorted[(size - 1) / 2] + sorted[size / 2]) / 2;
    }
}
