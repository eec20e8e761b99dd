package io.tickformer.cli.history;

import io.tickformer.event.TickAggregate;
import io.tickformer.history.CsvOptions;
import io.tickformer.history.History;
import io.tickformer.history.HistoryFiles;
import io.tickformer.history.RowRange;
import io.tickformer.history.TickLength;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** The history that a command learns from or looks at; the same options for every command. */
public final class HistoryArguments {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description =
                    "A CSV file with a header, plain or gzipped: one column of event times, every"
                            + " other numeric column a series; or long, with a column of series keys"
                            + " beside the times and values. Several files of one making, or their"
                            + " directory, are read as one.")
    private List<Path> data;

    @Option(
            names = "--time-column",
            paramLabel = "NAME",
            description =
                    "The column of event times; by default the first one called date, time,"
                            + " timestamp or the like.")
    private String timeColumn;

    @Option(
            names = "--key-column",
            paramLabel = "NAME",
            description =
                    "The column of series keys of a long file; by default the one column of text"
                            + " where there is one column of numbers.")
    private String keyColumn;

    @Option(
            names = "--key-from-file",
            description =
                    "Each file holds series of its own, whose keys begin with the file's name.")
    private boolean keyFromFile;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "NAME",
            description = "The columns to read values of; by default every numeric one.")
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
                            + " one value of a series to the next.")
    private Duration tick;

    @Option(
            names = "--aggregate",
            paramLabel = "NAME",
            defaultValue = "mean",
            description =
                    "What the observations of one tick become: mean, sum, last, min, max or count.")
    private TickAggregate aggregate;

    /**
     * Reads the history, which the caller closes.
     *
     * @throws io.tickformer.history.HistoryException if it cannot be read as one
     * @throws IOException if it cannot be read at all
     */
    public History read() throws IOException {
        return HistoryFiles.read(
                data,
                new CsvOptions(
                        keyColumn,
                        timeColumn,
                        columns == null ? List.of() : columns,
                        rows == null ? RowRange.ALL : RowRange.parse(rows)),
                keyFromFile);
    }

    /** The file of the history, the first where there are several. */
    public Path file() {
        return data.get(0);
    }

    /** The length of a tick, given or detected, in milliseconds. */
    public long tickMillis(History history) {
        return tick == null ? TickLength.detect(history) : tick.toMillis();
    }

    /** How the observations of a tick become its value. */
    public TickAggregate aggregate() {
        return aggregate;
    }
}
