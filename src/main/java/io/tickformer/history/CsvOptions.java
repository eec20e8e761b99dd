package io.tickformer.history;

import io.tickformer.annotation.Public;
import java.util.List;
import java.util.Objects;

/**
 * How to read a table of observations, usually a CSV file. A wide table has a column of event
 * times, and the other columns are series. A long table also has a column of series keys, and each
 * row belongs to the series that it names.
 *
 * @param keyColumn name of the column of series keys; null if the table is wide, or is recognised
 *     as long because it has one column each of text, event times and numbers
 * @param timeColumn name of the column of event times; null for the first one with a usual name
 *     (date, time, timestamp and the like)
 * @param columns names of the columns of values; empty for all numeric ones. In a wide table each
 *     is a series. In a long table with one of them the series is the key; with several, each
 *     {@code key/column} is a series
 * @param rows data rows to read
 */
@Public
public record CsvOptions(String keyColumn, String timeColumn, List<String> columns, RowRange rows) {
    /** All numeric columns, detected by names and contents, and all rows. */
    public static final CsvOptions DEFAULT = new CsvOptions(null, List.of(), RowRange.ALL);

    public CsvOptions {
        columns = List.copyOf(columns);
        Objects.requireNonNull(rows, "rows");
    }

    /** Options without a column of series keys. */
    public CsvOptions(String timeColumn, List<String> columns, RowRange rows) {
        this(null, timeColumn, columns, rows);
    }

    /** These options with other rows. */
    public CsvOptions withRows(RowRange other) {
        return new CsvOptions(keyColumn, timeColumn, columns, other);
    }
}
