package io.tickformer.cli.history;

import io.tickformer.annotation.Internal;
import io.tickformer.history.CsvOptions;
import io.tickformer.history.RowRange;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that select the columns of CSV files. */
@Internal
public final class ColumnArguments {
    @Option(
            names = "--time-column",
            paramLabel = "NAME",
            description =
                    "Column of event times; by default the first one named date, time, timestamp or"
                            + " similar.")
    private String timeColumn;

    @Option(
            names = "--key-column",
            paramLabel = "NAME",
            description =
                    "Column of series keys in a long file; by default the only text column if there"
                            + " is exactly one numeric column.")
    private String keyColumn;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "NAME",
            description = "Columns of values; by default all numeric ones.")
    private List<String> columns;

    /** Whether any of the options is given. */
    boolean isGiven() {
        return timeColumn != null || keyColumn != null || columns != null;
    }

    /** How to read these columns of some rows. */
    public CsvOptions of(RowRange rows) {
        return new CsvOptions(keyColumn, timeColumn, columns == null ? List.of() : columns, rows);
    }
}
