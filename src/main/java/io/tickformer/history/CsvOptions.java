package io.tickformer.history;

import java.util.List;
import java.util.Objects;

/**
 * How to read a table of observations, a CSV file in most cases. A wide one has a column of event
 * times, and the others are series; a long one has a column of series keys too, and each row speaks
 * of the series that it names.
 *
 * @param keyColumn name of the column of series keys, or null where the table is wide or shows by
 *     itself that it is long: it has one column of text, one of event times and one of numbers
 * @param timeColumn name of the column of event times, or null for the first one whose name says so
 *     (date, time, timestamp and the like)
 * @param columns names of the columns to read values of; empty for every numeric one. In a wide
 *     table each is a series. In a long one with one of them the series is the key; with several,
 *     each is a series of its own, {@code key/column}
 * @param rows which data rows to read
 */
public record CsvOptions(String keyColumn, String timeColumn, List<String> columns, RowRange rows) {
    /** The columns by their names and contents, every numeric column, every row. */
    public static final CsvOptions DEFAULT = new CsvOptions(null, List.of(), RowRange.ALL);

    public CsvOptions {
        columns = List.copyOf(columns);
        Objects.requireNonNull(rows, "rows");
    }

    /** Options that name no column of series keys. */
    public CsvOptions(String timeColumn, List<String> columns, RowRange rows) {
        this(null, timeColumn, columns, rows);
    }

    /** These options for other rows. */
    public CsvOptions withRows(RowRange other) {
        return new CsvOptions(keyColumn, timeColumn, columns, other);
    }
}
