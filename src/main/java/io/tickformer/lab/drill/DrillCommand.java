package io.tickformer.lab.drill;

import io.tickformer.annotation.Internal;
import io.tickformer.console.ExitCodes;
import io.tickformer.console.ModelFileReader;
import io.tickformer.console.UserError;
import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.lab.bench.BenchReport;
import io.tickformer.lab.bench.Column;
import io.tickformer.process.Installation;
import io.tickformer.spec.AcceptedTickMeanings;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tickformer drill}: tests the forecasts of a model on dirty streams. */
@Command(
        name = "drill",
        description = {
            "Runs a model on a catalogue of dirty streams, through the windows and the operator of"
                    + " the job, and compares its forecasts with those of the same stream without the"
                    + " fault.",
            "Error and width are ratios to those on the clean stream: 1 means that the fault does"
                    + " no harm. The last column names each broken bound."
        },
        customSynopsis = "tickformer drill [OPTION]...",
        showDefaultValues = true,
        sortOptions = false)
@Internal
public final class DrillCommand implements Callable<Integer> {
    static final List<Column> COLUMNS =
            List.of(
                    Column.of("case", "case"),
                    new Column("errorRatio", "error", 2),
                    new Column("widthRatio", "width", 2),
                    new Column("naiveRatio", "error/naive", 2),
                    new Column("difference", "differs by", 4),
                    Column.of("forecasts", "forecasts"),
                    Column.of("expectedForecasts", "expected"),
                    Column.of("broken", "broken"));

    @Spec private CommandSpec command;

    @Option(
            names = "--model",
            paramLabel = "FILE.onnx",
            description = "The model file; by default models/universal.onnx.")
    private Path model;

    @Option(
            names = "--quick",
            description = "Run the most important cases with fewer series, in less than a minute.")
    private boolean quick;

    @Option(
            names = "--case",
            paramLabel = "NAME",
            description = "Only cases with this name, in which * matches anything; repeatable.")
    private List<String> names;

    @Option(
            names = "--model-only",
            description =
                    "Forecasts of the model alone, neither calibrated nor mixed. What has left the"
                            + " context must then change nothing at all.")
    private boolean modelOnly;

    @Option(names = "--list", description = "Describe the cases and run none.")
    private boolean list;

    @Option(names = "--strict", description = "Fail with exit code 3 if a bound is broken.")
    private boolean strict;

    @Option(
            names = "--json",
            description =
                    "Print only JSON lines on standard output, one per case; by default a table.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Path file = model == null ? Installation.current().model("universal.onnx") : model;
        ForecastSpec spec = spec(file);
        DrillRun run = new DrillRun(file, spec, quick, modelOnly, this::isAsked);
        if (list) {
            run.describe(command.commandLine().getOut());
            return ExitCodes.OK;
        }
        if (run.isEmpty()) {
            throw new UserError(
                    "--case is %s; expected the name of a case, as --list shows them"
                            .formatted(String.join(", ", names)));
        }
        boolean isBroken;
        try (BenchReport report =
                new BenchReport(
                        COLUMNS,
                        json,
                        command.commandLine().getOut(),
                        command.commandLine().getErr())) {
            isBroken = run.run(report);
        }
        return strict && isBroken ? ExitCodes.CHECK_FAILED : ExitCodes.OK;
    }

    private boolean isAsked(String name) {
        return names == null || names.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        return name.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
    }

    private static ForecastSpec spec(Path file) throws IOException {
        try (ForecastModel opened =
                ForecastModel.open(ModelFileReader.read(file), ExecutionProvider.CPU)) {
            ForecastSpec spec = opened.spec();
            if (!spec.channels().isEmpty()) {
                throw new UserError(
                        "%s is a multichannel model; expected a model of single series"
                                .formatted(file));
            }
            if (spec.tickFit() == AcceptedTickMeanings.OWN
                    && EmptyTickPolicy.of(spec.aggregate()) == EmptyTickPolicy.ZERO) {
                throw new UserError(
                        ("%s forecasts ticks with the aggregate %s; expected a model of readings, or one"
                                        + " that accepts every aggregate, such as models/universal.onnx")
                                .formatted(file, spec.tickMeaning().text()));
            }
            return spec;
        } catch (InferenceException | SpecException e) {
            throw new UserError("%s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
