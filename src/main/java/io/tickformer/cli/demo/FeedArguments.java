package io.tickformer.cli.demo;

import io.tickformer.console.UserError;
import io.tickformer.history.CsvHistory;
import io.tickformer.history.CsvOptions;
import io.tickformer.history.CsvReplay;
import io.tickformer.history.History;
import io.tickformer.history.RowRange;
import io.tickformer.history.TickLengthDetector;
import io.tickformer.process.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say what is replayed: the simulated fleet, or a file. */
final class FeedArguments extends FleetArguments {
    /** 360 days of hours. */
    private static final long MOST_TRAINING_ROWS = 8_640;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description =
                    "Replay this file instead of the fleet. It has one column of event times; every"
                            + " other numeric column is a series.")
    private Path csv;

    @Option(
            names = "--time-column",
            paramLabel = "NAME",
            description = "Column of event times, if its name does not tell.")
    private String timeColumn;

    @Option(
            names = "--columns",
            paramLabel = "NAME",
            split = ",",
            description = "Columns to replay as series; by default all numeric columns.")
    private List<String> columns;

    @Option(
            names = "--train-rows",
            paramLabel = "N",
            description =
                    "Number of rows at the start of the file to train on. The replay begins after"
                            + " them. By default 8640, or half of the file if that is less. With"
                            + " --model, the default is 0.")
    private Long trainRows;

    boolean isFile() {
        return csv != null;
    }

    /**
     * Opens the feed and finds its model. Trains a model if necessary.
     *
     * @param model the given model, or null
     * @param models trains models for files
     */
    PreparedFeed prepare(Path model, CsvModelTrainer models) throws IOException {
        return isFile() ? prepareFile(model, models) : prepareFleet(model);
    }

    private PreparedFeed prepareFleet(Path model) {
        MeterFleet fleet = fleet();
        Path file = model == null ? Installation.current().model("meters.onnx") : model;
        return new PreparedFeed(fleet, file);
    }

    private PreparedFeed prepareFile(Path model, CsvModelTrainer models) throws IOException {
        CsvOptions all =
                new CsvOptions(timeColumn, columns == null ? List.of() : columns, RowRange.ALL);
        // Read the whole file first, so that a mistake on the last line is reported before
        // training.
        long rows = CsvReplay.countRows(csv, all);
        long tickMillis = tickMillis(all);
        long first = firstReplayed(rows, model != null);
        Path chosen = model == null ? models.of(csv, all, first) : model;
        CsvOptions rest = all.withRows(new RowRange(first, Long.MAX_VALUE));
        return new PreparedFeed(new CsvFeed(csv, rest, tickMillis), chosen);
    }

    private long tickMillis(CsvOptions all) throws IOException {
        try (History history = CsvHistory.read(csv, all)) {
            return TickLengthDetector.detect(history);
        }
    }

    private long firstReplayed(long rows, boolean modelGiven) {
        if (trainRows == null) {
            return modelGiven ? 0 : Math.min(MOST_TRAINING_ROWS, rows / 2);
        }
        long least = modelGiven ? 0 : 1;
        if (trainRows < least || trainRows >= rows) {
            throw new UserError(
                    "--train-rows is %d; %s has %d rows, expected %d to %d"
                            .formatted(trainRows, csv, rows, least, rows - 1));
        }
        return trainRows;
    }
}
