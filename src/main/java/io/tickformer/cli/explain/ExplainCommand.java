package io.tickformer.cli.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickformer.annotation.Internal;
import io.tickformer.cli.history.HistoryArguments;
import io.tickformer.console.ExitCodes;
import io.tickformer.console.JsonArgument;
import io.tickformer.console.ModelFileReader;
import io.tickformer.console.UserError;
import io.tickformer.history.History;
import io.tickformer.history.TickSeries;
import io.tickformer.history.TimeFormat;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ModelTickRewriter;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.model.Networks;
import io.tickformer.onnx.OnnxException;
import io.tickformer.onnx.OnnxFile;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ModelMetadata;
import io.tickformer.spec.NetworkArchitecture;
import io.tickformer.spec.SpecException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tickformer explain}: shows how far back a model looks. */
@Command(
        name = "explain",
        description =
                "Writes an HTML page that shows how far back a model looks: the gradient of its"
                        + " forecast with respect to every past tick, and its attention weights.",
        customSynopsis =
                "tickformer explain --model=FILE.onnx (--data=FILE | --topic=NAME) [OPTION]...",
        showDefaultValues = true,
        sortOptions = false)
@Internal
public final class ExplainCommand implements Callable<Integer> {
    private static final int STEPS = 12;
    private static final int KEYS_SHOWN = 20;

    @Spec private CommandSpec command;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "FILE.onnx",
            description = "A model file that tickformer train wrote.")
    private Path modelFile;

    @Mixin private HistoryArguments historyArguments;

    @Option(
            names = "--series",
            paramLabel = "KEY",
            description = "Only this series; by default all.")
    private String series;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description =
                    "Explain only the forecast issued at this time, written as in the data; by"
                            + " default --windows evenly spaced forecasts.")
    private String at;

    @Option(
            names = "--windows",
            paramLabel = "N",
            defaultValue = "32",
            description = "Maximum number of windows to average over, but at least one per series.")
    private int windows;

    @Option(
            names = "--steps",
            split = ",",
            paramLabel = "STEP",
            description =
                    "Horizon steps to differentiate, from 1; by default at most 12, evenly spaced.")
    private List<Integer> steps;

    @Option(
            names = "--output",
            paramLabel = "FILE.html",
            defaultValue = "explain.html",
            description = "The HTML page to write.")
    private Path output;

    @Mixin private JsonArgument json;

    private void requireOneSeries(ForecastSpec spec) {
        if (!spec.channels().isEmpty()) {
            throw new UserError(
                    ("%s is a multichannel model of %s; explain supports only models of single"
                                    + " series")
                            .formatted(modelFile, String.join(", ", spec.channels())));
        }
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = command.commandLine().getOut();
        OnnxFile file = readModel();
        ModelMetadata metadata = metadata(file);
        ForecastSpec spec = metadata.spec();
        requireOneSeries(spec);
        float[] weights = weights(file, spec);
        List<Integer> chosen = steps(spec.horizon());
        if (windows < 1) {
            throw new UserError("--windows is %d; expected at least 1".formatted(windows));
        }
        Explanation explanation;
        String page;
        ObjectNode figures;
        try (History history = historyArguments.read()) {
            historyArguments.requireTicksOf(modelFile, spec, history);
            List<TickSeries> chosenSeries = chosen(history, history.ticks(spec.tickRule()));
            WindowChoice choice = new WindowChoice(spec, history.source(), chosenSeries);
            explanation =
                    new Explainer(spec, weights, chosen)
                            .explain(at == null ? choice.spread(windows) : choice.at(tick(spec)));
            String shown = at == null ? "" : at;
            List<String> keys = chosenSeries.stream().map(TickSeries::series).toList();
            ExplainReport report =
                    new ExplainReport(metadata, history.source(), keys, shown, explanation);
            page = report.page();
            figures = report.figures(output);
        }
        if (output.toAbsolutePath().getParent() != null) {
            Files.createDirectories(output.toAbsolutePath().getParent());
        }
        Files.writeString(output, page);
        print(spec, explanation, out);
        if (json.isGiven()) {
            out.println(figures);
        }
        out.flush();
        return ExitCodes.OK;
    }

    private OnnxFile readModel() throws IOException {
        try {
            byte[] file = ModelFileReader.read(modelFile);
            byte[] onnx =
                    historyArguments
                            .givenTick()
                            .map(tick -> ModelTickRewriter.change(file, tick.toMillis()))
                            .orElse(file);
            onnx = historyArguments.onGivenTicks(onnx);
            OnnxFile read = OnnxFile.read(onnx);
            metadata(read);
            // Open the model first: do not explain one that cannot run.
            ForecastModel.open(onnx, ExecutionProvider.CPU).close();
            return read;
        } catch (OnnxException | InferenceException | SpecException e) {
            throw new UserError("%s: %s".formatted(modelFile, e.getMessage()), e);
        }
    }

    private ModelMetadata metadata(OnnxFile file) {
        ModelMetadata metadata =
                ModelMetadata.fromProperties(file.metadata()).orElseThrow(this::notOurs);
        if (metadata.spec().architecture() instanceof NetworkArchitecture) {
            return metadata;
        }
        throw notOurs();
    }

    private UserError notOurs() {
        return new UserError(
                ("%s: this is not a network of Tickformer, and explain can differentiate no other;"
                                + " expected a file that 'tickformer train' wrote")
                        .formatted(modelFile));
    }

    private float[] weights(OnnxFile file, ForecastSpec spec) {
        try {
            return Networks.of(spec).layout().flatten(file.initializers());
        } catch (IllegalArgumentException e) {
            throw new UserError("%s: %s".formatted(modelFile, e.getMessage()), e);
        }
    }

    /** The requested steps, or evenly spaced ones including the first and the last. */
    private List<Integer> steps(int horizon) {
        if (steps != null) {
            for (int step : steps) {
                if (step < 1 || step > horizon) {
                    throw new UserError(
                            "--steps has %d; expected steps from 1 to %d, the horizon of the model"
                                    .formatted(step, horizon));
                }
            }
            return new ArrayList<>(new TreeSet<>(steps));
        }
        TreeSet<Integer> spaced = new TreeSet<>();
        for (int i = 0; i < STEPS; i++) {
            spaced.add(1 + (int) Math.round((double) i * (horizon - 1) / (STEPS - 1)));
        }
        return new ArrayList<>(spaced);
    }

    private List<TickSeries> chosen(History history, List<TickSeries> all) {
        if (series == null) {
            return all;
        }
        List<String> keys = new ArrayList<>();
        for (TickSeries one : all) {
            if (one.series().equals(series)) {
                return List.of(one);
            }
            keys.add(one.series());
        }
        throw new UserError(
                "%s: there is no series \"%s\"; the series are %s%s"
                        .formatted(
                                history.source(),
                                series,
                                keys.stream().limit(KEYS_SHOWN).collect(Collectors.joining(", ")),
                                keys.size() > KEYS_SHOWN ? " and others" : ""));
    }

    private long tick(ForecastSpec spec) {
        try {
            TimeFormat format =
                    TimeFormat.of(at).orElseThrow(() -> new DateTimeException("no event time"));
            return Math.floorDiv(format.parse(at), spec.tickMillis());
        } catch (DateTimeException | NumberFormatException e) {
            throw new UserError("--at is \"%s\"; %s".formatted(at, TimeFormat.EXPECTED), e);
        }
    }

    private void print(ForecastSpec spec, Explanation explanation, PrintWriter out) {
        Influence influence = explanation.overall();
        out.printf(
                Locale.ROOT,
                "%s: %d windows; the newest %d ticks have half of the influence, %d ticks 90%%, %d"
                        + " ticks 99%%; ticks beyond %d have none; the context is %d%n",
                output,
                explanation.windows(),
                influence.ticksHolding(0.5),
                influence.ticksHolding(0.9),
                influence.ticksHolding(0.99),
                influence.furthest(),
                spec.contextLength());
    }
}
