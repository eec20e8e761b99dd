package io.tickformer.cli.forecast;

import io.tickformer.annotation.Internal;
import io.tickformer.cli.history.ChannelSelection;
import io.tickformer.cli.history.HistoryArguments;
import io.tickformer.console.ExitCodes;
import io.tickformer.console.ModelFileReader;
import io.tickformer.console.ProviderArgument;
import io.tickformer.console.UserError;
import io.tickformer.event.Forecast;
import io.tickformer.history.History;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ModelTickRewriter;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.process.Installation;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Forecasts every series of a history from its last tick on. */
@Command(
        name = "forecast",
        description = {
            "Forecasts every series of CSV files or of a Kafka topic from its last tick on, and"
                    + " prints the forecasts as CSV. It needs no training and no server.",
            "The forecasts are those of the model. With --calibrated they are corrected by how the"
                    + " earlier forecasts of each series turned out, as a job does."
        },
        customSynopsis = "tickformer forecast (--data=FILE | --topic=NAME) [OPTION]...",
        showDefaultValues = true,
        sortOptions = false)
@Internal
public final class ForecastCommand implements Callable<Integer> {
    private static final String UNIVERSAL = "universal.onnx";

    @Spec private CommandSpec command;

    @Mixin private HistoryArguments historyArguments;

    @Option(
            names = "--model",
            paramLabel = "FILE.onnx",
            description =
                    "The model file. By default models/universal.onnx, which forecasts any series on"
                            + " ticks of any length.")
    private Path modelFile;

    @Option(
            names = "--horizon",
            paramLabel = "TICKS",
            description = "Number of ticks ahead to forecast; by default as many as the model.")
    private Integer horizon;

    @Option(
            names = "--calibrated",
            description =
                    "Replay the whole history and correct the forecasts by what it shows. It takes"
                            + " one forecast a tick instead of one a series.")
    private boolean calibrated;

    @Mixin private ProviderArgument provider;

    @Option(
            names = "--json",
            description =
                    "Print a JSON object per forecast and line, as in the output topic of a job,"
                            + " instead of CSV.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        try (History all = historyArguments.read();
                ForecastModel model = open(all)) {
            ForecastSpec spec = model.spec();
            History history = ChannelSelection.of(all, spec.channels(), err);
            int steps = steps(spec);
            Consumer<Forecast> printer =
                    json
                            ? forecast -> out.println(ForecastRows.json(forecast, steps))
                            : forecast -> ForecastRows.csv(forecast, steps).forEach(out::println);
            if (!json) {
                out.println(ForecastRows.header(spec.quantileLevels()));
            }
            HistoryForecasts forecasts =
                    new HistoryForecasts(model, history, each -> err.printf("warning: %s%n", each));
            if (calibrated) {
                forecasts.calibrated(printer);
            } else {
                forecasts.raw(printer);
            }
            out.flush();
        }
        return ExitCodes.OK;
    }

    private int steps(ForecastSpec spec) {
        if (horizon == null) {
            return spec.horizon();
        }
        if (horizon < 1 || horizon > spec.horizon()) {
            throw new UserError(
                    "--horizon is %d; expected 1 to %d, the horizon of the model"
                            .formatted(horizon, spec.horizon()));
        }
        return horizon;
    }

    /** Opens the model, by default on the ticks of the history. */
    private ForecastModel open(History history) throws IOException {
        Path file = modelFile == null ? Installation.current().model(UNIVERSAL) : modelFile;
        Optional<Long> tick =
                modelFile == null
                        ? Optional.of(historyArguments.tickMillis(history))
                        : historyArguments.givenTick().map(given -> given.toMillis());
        byte[] onnx = ModelFileReader.read(file);
        try {
            byte[] onTicks =
                    tick.map(millis -> ModelTickRewriter.change(onnx, millis)).orElse(onnx);
            ForecastModel model =
                    ForecastModel.open(historyArguments.onGivenTicks(onTicks), provider.provider());
            try {
                historyArguments.requireTicksOf(file, model.spec(), history);
                return model;
            } catch (RuntimeException e) {
                model.close();
                throw e;
            }
        } catch (InferenceException | SpecException e) {
            throw new UserError("%s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
