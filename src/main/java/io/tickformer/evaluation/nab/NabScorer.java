package io.tickformer.evaluation.nab;

import io.tickformer.annotation.Internal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Scores a detector by the rules of the Numenta Anomaly Benchmark.
 *
 * <p>A row whose anomaly score reaches the threshold is an alarm. There is one threshold for all
 * files. As in the benchmark it is chosen for each detector and profile so that the total over all
 * files is highest; here every threshold is tried. Rows of the probationary period do not count. A
 * window that lies in that period as a whole is not scored.
 *
 * <p>The sum over the files is put on a scale on which a detector without an alarm has 0, and one
 * that finds every window at its first row, with no other alarm, has 100.
 */
@Internal
public final class NabScorer {
    /** A row that counts. */
    private record Row(double score, int window, double value) {}

    private final List<Row> rows = new ArrayList<>();
    private int windows;

    /**
     * Adds a file with the anomaly scores of the detector.
     *
     * @param scores one per row; higher is more anomalous
     */
    public void add(NabSeries series, double[] scores) {
        if (scores.length != series.rows()) {
            throw new IllegalArgumentException(
                    "%s has %d rows and %d scores; expected equal numbers"
                            .formatted(series.name(), series.rows(), scores.length));
        }
        RowValues values = RowValues.of(series);
        int last = RowValues.NO_WINDOW;
        for (int row = series.probation(); row < scores.length; row++) {
            int window = values.window(row);
            if (window != RowValues.NO_WINDOW && window != last) {
                last = window;
                windows++;
            }
            int number = window == RowValues.NO_WINDOW ? window : windows - 1;
            double score = Double.isNaN(scores[row]) ? Double.NEGATIVE_INFINITY : scores[row];
            rows.add(new Row(score, number, values.value(row)));
        }
    }

    /** Number of windows that count. */
    public int windows() {
        return windows;
    }

    /**
     * The score with the best threshold.
     *
     * @throws IllegalStateException if no window counts
     */
    public NabScore best(NabProfile profile) {
        requireWindows();
        List<Row> descending = new ArrayList<>(rows);
        descending.sort(Comparator.comparingDouble(Row::score).reversed());
        Sum sum = new Sum(profile, windows);
        double best = sum.total();
        double threshold = Double.POSITIVE_INFINITY;
        for (int i = 0; i < descending.size(); i++) {
            Row row = descending.get(i);
            if (row.score() == Double.NEGATIVE_INFINITY) {
                break;
            }
            sum.alarm(row);
            boolean complete =
                    i + 1 == descending.size() || descending.get(i + 1).score() < row.score();
            if (complete && sum.total() > best) {
                best = sum.total();
                threshold = row.score();
            }
        }
        return scoreOf(profile, best, threshold);
    }

    /**
     * The score with a given threshold.
     *
     * @throws IllegalStateException if no window counts
     */
    public NabScore at(NabProfile profile, double threshold) {
        requireWindows();
        Sum sum = new Sum(profile, windows);
        for (Row row : rows) {
            if (row.score() >= threshold) {
                sum.alarm(row);
            }
        }
        return scoreOf(profile, sum.total(), threshold);
    }

    private void requireWindows() {
        if (windows == 0) {
            throw new IllegalStateException("no window of the files counts; expected at least one");
        }
    }

    private NabScore scoreOf(NabProfile profile, double total, double threshold) {
        double none = -profile.missedWindowCost() * windows;
        double perfect = windows;
        return new NabScore(100 * (total - none) / (perfect - none), total, threshold);
    }

    /** The sum of one threshold, updated alarm by alarm. */
    private static final class Sum {
        private final NabProfile profile;
        private final double[] found;
        private double total;

        Sum(NabProfile profile, int windows) {
            this.profile = profile;
            this.found = new double[windows];
            Arrays.fill(found, -profile.missedWindowCost());
            this.total = -profile.missedWindowCost() * windows;
        }

        void alarm(Row row) {
            if (row.window() == RowValues.NO_WINDOW) {
                total += row.value() * profile.falseAlarmCost();
            } else if (row.value() > found[row.window()]) {
                total += row.value() - found[row.window()];
                found[row.window()] = row.value();
            }
        }

        double total() {
            return total;
        }
    }
}
