package io.tickformer.history;

import java.util.List;
import java.util.Objects;

/**
 * How to read a wide CSV file: one column of event times, the others series.
 *
 * @param timeColumn name of the column of event times, or null for the first one whose name says so
 *     (date, time, timestamp and the like)
 * @param columns names of the columns to read as series, in this order; empty for every numeric one
 * @param rows which data rows to read
 */
public record CsvOptions(String timeColumn, List<String> columns, RowRange rows) {
    /** The time column by its name, every numeric column, every row. */
    public static final CsvOptions DEFAULT = new CsvOptions(null, List.of(), RowRange.ALL);

    public CsvOptions {
        columns = List.copyOf(columns);
        Objects.requireNonNull(rows, "rows");
    }

    /** These options for other rows. */
    public CsvOptions withRows(RowRange other) {
        return new CsvOptions(timeColumn, columns, other);
    }
}
