package io.tickformer.cli.detect;

import io.tickformer.cli.history.ColumnArguments;
import io.tickformer.console.DurationConverter;
import io.tickformer.console.UserError;
import io.tickformer.history.History;
import io.tickformer.history.HistoryFiles;
import io.tickformer.history.RowRange;
import io.tickformer.history.TickLengthDetector;
import io.tickformer.inference.ModelTickRewriter;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that select the model and the files. Each file is a history with ticks of its own. */
final class DetectDataArguments {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "FILE.onnx",
            description = "The model file, as a job runs it.")
    private Path model;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description =
                    "CSV files with a header, plain or gzipped, or their directory. Wide form: one"
                            + " column of event times; every other numeric column is a series. Long"
                            + " form: a column of series keys next to the times and values. Each"
                            + " file has ticks of its own. The channels of a model that has some are"
                            + " series of those names, or KEY/NAME.")
    private List<Path> data;

    @Mixin private ColumnArguments columns;

    @Option(
            names = "--tick",
            paramLabel = "LENGTH",
            converter = DurationConverter.class,
            description =
                    "Tick length, such as 15m or 1h. By default, for each file, the most common time"
                            + " step or the usual length nearest to it; the model's, if the model"
                            + " has calendar features.")
    private Duration tick;

    Path model() {
        return model;
    }

    List<Path> files() throws IOException {
        return HistoryFiles.files(data);
    }

    /** Reads a file. The caller closes the history. */
    History read(Path file) throws IOException {
        return HistoryFiles.read(List.of(file), columns.of(RowRange.ALL), false);
    }

    /**
     * The length of a tick of a file.
     *
     * @param spec of the model as trained
     * @throws UserError if the file is too coarse for a model whose ticks cannot be changed
     */
    long tickMillis(Path file, History history, ForecastSpec spec) {
        if (tick != null) {
            return tick.toMillis();
        }
        long found = TickLengthDetector.detect(history);
        if (spec.calendarFeatures().isEmpty()) {
            return found;
        }
        if (found > spec.tickMillis()) {
            throw new UserError(
                    ("%s has ticks of %d ms; the model %s has calendar features and forecasts ticks"
                                    + " of %d ms. Give finer files, or a model without calendar"
                                    + " features")
                            .formatted(file, found, model, spec.tickMillis()));
        }
        return spec.tickMillis();
    }

    /** The model file for ticks of a length. */
    byte[] onTicks(byte[] onnx, long tickMillis) {
        try {
            return ModelTickRewriter.change(onnx, tickMillis);
        } catch (SpecException e) {
            throw new UserError("%s: %s".formatted(model, e.getMessage()), e);
        }
    }
}
