package io.tickformer.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a wide CSV file, one column of event times and the others series, as a whole. */
public final class CsvHistory {
    private static final int FIRST_CAPACITY = 1024;

    private CsvHistory() {}

    /**
     * Reads the chosen columns and rows.
     *
     * @throws HistoryException if the file is no such table: a column is missing, a cell is no time
     *     or number, times go back, there is no numeric column or one without any value
     * @throws IOException if the file cannot be read
     */
    public static History read(Path file, CsvOptions options) throws IOException {
        try (CsvRows rows = new CsvRows(file, options)) {
            List<String> names = rows.series();
            long[] times = new long[FIRST_CAPACITY];
            double[][] values = new double[names.size()][FIRST_CAPACITY];
            int size = 0;
            long firstLine = 0;
            while (rows.advance()) {
                firstLine = size == 0 ? rows.line() : firstLine;
                if (size == times.length) {
                    times = Arrays.copyOf(times, size * 2);
                    for (int i = 0; i < values.length; i++) {
                        values[i] = Arrays.copyOf(values[i], size * 2);
                    }
                }
                times[size] = rows.eventTimeMillis();
                for (int i = 0; i < values.length; i++) {
                    values[i][size] = rows.values()[i];
                }
                size++;
            }
            String source = "%s, lines %d to %d".formatted(file, firstLine, rows.line());
            long[] shared = Arrays.copyOf(times, size);
            List<SeriesHistory> series = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                series.add(new SeriesHistory(names.get(i), shared, Arrays.copyOf(values[i], size)));
                if (series.get(i).observed() == 0) {
                    throw new HistoryException(
                            ("%s, column \"%s\": every value is missing; leave the column out"
                                            + " (--columns) or take other rows (--rows)")
                                    .formatted(source, names.get(i)));
                }
            }
            return new History(source, series);
        }
    }
}
