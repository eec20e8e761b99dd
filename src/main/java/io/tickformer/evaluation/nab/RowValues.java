package io.tickformer.evaluation.nab;

import java.util.Arrays;

/**
 * What an alarm at each row of a file is worth, and the window it falls into.
 *
 * <p>Within a window an alarm earns {@code s(p) / s(-1)}. The position p is -1 at the first row and
 * rises towards 0; {@code s(p) = 2 / (1 + exp(5 p)) - 1}. Only the first alarm of a window counts.
 * Outside, an alarm earns {@code s(p)} times the cost of a false alarm, where p is the distance to
 * the end of the preceding window in widths of that window less one row. It is -1 from 3 widths on
 * and before the first window. Source: the benchmark's {@code sweeper.py}.
 */
final class RowValues {
    /** Window number of a row that is in no window. */
    static final int NO_WINDOW = -1;

    private static final double FAR = 3;
    private static final double STEEPNESS = 5;

    private final double[] values;
    private final int[] windows;

    private RowValues(int rows) {
        values = new double[rows];
        windows = new int[rows];
        Arrays.fill(windows, NO_WINDOW);
        Arrays.fill(values, -1);
    }

    static RowValues of(NabSeries series) {
        RowValues rows = new RowValues(series.rows());
        for (int window = 0; window < series.windows().size(); window++) {
            int first = rowFrom(series, series.windows().get(window).startMillis());
            int last = lastRow(series, first, series.windows().get(window).endMillis());
            if (first <= last) {
                rows.put(window, first, last);
            }
        }
        return rows;
    }

    private void put(int window, int first, int last) {
        int width = last - first + 1;
        for (int row = first; row <= last; row++) {
            values[row] = sigmoid(-(last - row + 1.0) / width) / sigmoid(-1);
            windows[row] = window;
        }
        for (int row = last + 1; row < values.length; row++) {
            values[row] = sigmoid((row - last) / (width - 1.0));
            windows[row] = NO_WINDOW;
        }
    }

    private static int rowFrom(NabSeries series, long time) {
        int row = 0;
        while (row < series.rows() && series.eventTimeMillis()[row] < time) {
            row++;
        }
        return row;
    }

    /** The row of the window's end, at its first occurrence if the file repeats an hour. */
    private static int lastRow(NabSeries series, int first, long time) {
        int row = first;
        while (row < series.rows() && series.eventTimeMillis()[row] < time) {
            row++;
        }
        boolean exact = row < series.rows() && series.eventTimeMillis()[row] == time;
        return exact ? row : row - 1;
    }

    private static double sigmoid(double position) {
        return position >= FAR ? -1 : 2 / (1 + Math.exp(STEEPNESS * position)) - 1;
    }

    /** Within a window the value in (0, 1]; outside the value in [-1, 0) of a cost of 1. */
    double value(int row) {
        return values[row];
    }

    /** The number of the window of a row, or {@link #NO_WINDOW}. */
    int window(int row) {
        return windows[row];
    }
}
