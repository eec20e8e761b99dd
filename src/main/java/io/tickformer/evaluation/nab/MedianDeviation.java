package io.tickformer.evaluation.nab;

import io.tickformer.annotation.Internal;
import java.util.Arrays;

/**
 * Median absolute deviations. The score of a row is the distance of its value from the median of
 * the rows in a window before it, divided by their median absolute deviation or, if it is larger,
 * by their mean absolute deviation. Without that floor the scores of files that mostly stand still
 * have no scale, and no threshold fits all files. If all rows are equal, the score is 0 for the
 * same value and the largest finite number for another. The first hundred rows have no score.
 *
 * <p>Median and deviation are measured again after a hundred rows, or earlier in a young file: when
 * it has grown by a hundredth.
 */
@Internal
public final class MedianDeviation implements RowDetector {
    private static final int LEAST_ROWS = 100;
    private static final int STEP = 100;

    private final double[] window;
    private int size;
    private int oldest;
    private int sinceMeasured;
    private double median;
    private double deviation;

    /**
     * @param rows rows in the window, at least 100
     */
    public MedianDeviation(int rows) {
        if (rows < LEAST_ROWS) {
            throw new IllegalArgumentException(
                    "the window has %d rows; expected at least %d".formatted(rows, LEAST_ROWS));
        }
        window = new double[rows];
    }

    @Override
    public double next(double value) {
        double score = size < LEAST_ROWS ? 0 : score(value);
        if (size < window.length) {
            window[size++] = value;
        } else {
            window[oldest] = value;
            oldest = (oldest + 1) % window.length;
        }
        sinceMeasured++;
        if (sinceMeasured >= Math.min(STEP, size / STEP)) {
            measure();
            sinceMeasured = 0;
        }
        return score;
    }

    private double score(double value) {
        double distance = Math.abs(value - median);
        if (distance == 0) {
            return 0;
        }
        return deviation == 0 ? Double.MAX_VALUE : distance / deviation;
    }

    private void measure() {
        double[] values = Arrays.copyOf(window, size);
        median = median(values);
        double sum = 0;
        for (int i = 0; i < size; i++) {
            values[i] = Math.abs(values[i] - median);
            sum += values[i];
        }
        double middle = median(values);
        deviation = Math.max(middle, sum / size);
    }

    /** The median; sorts the values. */
    private static double median(double[] values) {
        Arrays.sort(values);
        int count = values.length;
        return (values[(count - 1) / 2] + values[count / 2]) / 2;
    }
}
