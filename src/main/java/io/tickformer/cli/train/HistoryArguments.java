package io.tickformer.cli.train;

import io.tickformer.event.TickAggregate;
import io.tickformer.history.CsvHistory;
import io.tickformer.history.CsvOptions;
import io.tickformer.history.History;
import io.tickformer.history.RowRange;
import io.tickformer.history.TickLength;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** Which history to learn from or to judge by. */
public final class HistoryArguments {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description =
                    "A CSV file with a header: one column of event times, every other numeric"
                            + " column a series.")
    private Path data;

    @Option(
            names = "--time-column",
            paramLabel = "NAME",
            description =
                    "The column of event times; by default the first one called date, time,"
                            + " timestamp or the like.")
    private String timeColumn;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "NAME",
            description = "The columns that are series; by default every numeric one.")
    private List<String> columns;

    @Option(
            names = "--rows",
            paramLabel = "FIRST:END",
            description =
                    "The rows to read, counted from 0 without the header, END excluded; 0:8640"
                            + " is the first 8640 rows. By default all.")
    private String rows;

    @Option(
            names = "--tick",
            paramLabel = "LENGTH",
            converter = TickConverter.class,
            description =
                    "The length of a tick, such as 15m or 1h; by default the most common step from"
                            + " row to row.")
    private Duration tick;

    @Option(
            names = "--aggregate",
            paramLabel = "NAME",
            defaultValue = "mean",
            description =
                    "What the observations of one tick become: mean, sum, last, min, max or count.")
    private TickAggregate aggregate;

    /** Reads the history. */
    public History read() throws IOException {
        return CsvHistory.read(
                data,
                new CsvOptions(
                        timeColumn,
                        columns == null ? List.of() : columns,
                        rows == null ? RowRange.ALL : RowRange.parse(rows)));
    }

    /** The file of the history. */
    public Path file() {
        return data;
    }

    /** The length of a tick, as given or found. */
    public long tickMillis(History history) {
        return tick == null ? TickLength.detect(history) : tick.toMillis();
    }

    /** What the observations of a tick become. */
    public TickAggregate aggregate() {
        return aggregate;
    }
}
