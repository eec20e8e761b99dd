package io.tickformer.cli.demo;

import io.tickformer.cli.UserError;
import io.tickformer.cli.process.Installation;
import io.tickformer.history.CsvHistory;
import io.tickformer.history.CsvOptions;
import io.tickformer.history.History;
import io.tickformer.history.RowRange;
import io.tickformer.history.TickLength;
import io.tickformer.inference.Provider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say what is replayed: the simulated fleet, or a file. */
final class FeedChoice {
    @Option(names = "--meters", paramLabel = "N", description = "Meters of the simulated fleet.")
    private int meters = FleetSettings.DEFAULT_METERS;

    @Option(names = "--seed", description = "Seed of the simulated fleet.")
    private long seed = FleetSettings.DEFAULT_SEED;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description =
                    "Replay this file in place of the fleet: one column of event times, every other"
                            + " numeric column a series.")
    private Path csv;

    @Option(
            names = "--time-column",
            paramLabel = "NAME",
            description = "Column of event times, where its name does not say so.")
    private String timeColumn;

    @Option(
            names = "--columns",
            paramLabel = "NAME",
            split = ",",
            description = "Columns to replay as series; by default every numeric one.")
    private List<String> columns = List.of();

    @Option(
            names = "--train-rows",
            paramLabel = "N",
            description =
                    "First rows of the file to train on, the replay begins after them; by default"
                            + " 8640, or half of the file if that is less. With --model 0.")
    private Long trainRows;

    boolean isFile() {
        return csv != null;
    }

    /**
     * Opens the feed and finds its model, training one if it must.
     *
     * @param model the model given, or null
     */
    PreparedFeed prepare(Path model, Provider provider) throws IOException {
        return isFile() ? prepareFile(model) : prepareFleet(model);
    }

    private PreparedFeed prepareFleet(Path model) {
        MeterFleet fleet = new MeterFleet(FleetSettings.of(meters, seed));
        Path file =
                model == null
                        ? Installation.current().home().resolve("models").resolve("meters.onnx")
                        : model;
        return new PreparedFeed(fleet, file);
    }

    private PreparedFeed prepareFile(Path model) throws IOException {
        CsvOptions all = new CsvOptions(timeColumn, columns, RowRange.ALL);
        History history = CsvHistory.read(csv, all);
        long tickMillis = TickLength.detect(history);
        long first = trainRows == null ? 0 : trainRows;
        if (model == null) {
            throw new UserError("--csv needs --model");
        }
        CsvFeed feed =
                new CsvFeed(csv, all.withRows(new RowRange(first, Long.MAX_VALUE)), tickMillis);
        return new PreparedFeed(feed, model);
    }
}
