package io.tickformer.cli.backtest;

import io.tickformer.annotation.Internal;
import io.tickformer.cli.history.ChannelSelection;
import io.tickformer.cli.history.HistoryArguments;
import io.tickformer.console.ExitCodes;
import io.tickformer.console.JsonArgument;
import io.tickformer.console.ModelFileReader;
import io.tickformer.console.ProviderArgument;
import io.tickformer.console.SpecFile;
import io.tickformer.console.UserError;
import io.tickformer.evaluation.backtest.Backtest;
import io.tickformer.evaluation.backtest.BacktestPlan;
import io.tickformer.evaluation.backtest.BacktestResult;
import io.tickformer.evaluation.backtest.Cutoffs;
import io.tickformer.evaluation.backtest.SeasonChoice;
import io.tickformer.evaluation.backtest.WindowGallery;
import io.tickformer.evaluation.backtest.WindowListener;
import io.tickformer.history.History;
import io.tickformer.history.Split;
import io.tickformer.history.SplitBorders;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ModelTickRewriter;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.spec.Channels;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tickformer backtest}: tests an exported model on history it was not trained on. */
@Command(
        name = "backtest",
        description =
                "Tests a model file on history it was not trained on, and compares its forecasts"
                        + " with baselines.",
        customSynopsis =
                "tickformer backtest --model=FILE.onnx (--data=FILE | --topic=NAME) [OPTION]...",
        showDefaultValues = true,
        sortOptions = false)
@Internal
public final class BacktestCommand implements Callable<Integer> {
    /** Number of windows of each kind in the report. */
    private static final int SHOWN_WINDOWS = 6;

    @Spec private CommandSpec command;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "FILE.onnx",
            description = "The model file, as a job runs it.")
    private Path modelFile;

    @Option(
            names = "--spec",
            paramLabel = "FILE.json",
            description = "Spec file of a model from another tool.")
    private Path specFile;

    @Mixin private HistoryArguments historyArguments;

    @Mixin private ProtocolArguments protocol;

    @Mixin private ProviderArgument provider;

    @Option(
            names = "--card",
            description =
                    "Write the figures to the model card next to the model file. They replace those"
                            + " of an earlier backtest of the same protocol, data, part and horizon.")
    private boolean card;

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description =
                    "Write a self-contained HTML page with plots of forecasts, errors by step,"
                            + " calibration and the worst windows.")
    private Path report;

    @Mixin private JsonArgument json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = command.commandLine().getOut();
        try (ForecastModel model = openModel();
                History all = historyArguments.read()) {
            ForecastSpec spec = model.spec();
            History whole =
                    ChannelSelection.of(all, spec.channels(), command.commandLine().getErr());
            BacktestCardWriter modelCard = card ? BacktestCardWriter.of(modelFile, model) : null;
            historyArguments.requireTicksOf(modelFile, spec, whole);
            SplitBorders borders =
                    Split.parse(protocol.split(), historyArguments.file())
                            .borders(whole, spec.tickMillis());
            History history = whole.before(protocol.part().end(borders) * spec.tickMillis());
            int horizon = protocol.horizon(spec);
            Cutoffs cutoffs = protocol.cutoffs(borders, horizon, history.summaries().size());
            int season = protocol.season(() -> seasonOf(history, spec, borders, horizon));
            BacktestPlan plan =
                    new BacktestPlan(
                            history, spec.tickRule(), borders, cutoffs, season, Channels.of(spec));
            String remark = TrainingOverlap.remark(modelFile, whole).orElse("");
            if (!remark.isEmpty()) {
                PrintWriter err = command.commandLine().getErr();
                err.println("warning: " + remark);
                err.flush();
            }
            WindowGallery gallery = gallery(plan);
            BacktestResult result =
                    run(plan, model, report == null ? WindowListener.NONE : gallery);
            BacktestSummary summary =
                    new BacktestSummary(
                            protocol.protocol(),
                            protocol.part(),
                            modelFile,
                            historyArguments.file(),
                            model,
                            plan,
                            result);
            new BacktestTable(summary).print(out);
            if (modelCard != null) {
                modelCard.put(
                        summary,
                        historyArguments.file().getFileName().toString(),
                        remark,
                        command.commandLine().getParseResult());
                out.printf("%n%s: the model card has the figures%n", modelCard.path());
            }
            if (report != null) {
                new HtmlReport(summary, gallery).write(report);
                out.printf("%nreport: %s%n", report);
            }
            if (json.isGiven()) {
                out.println(BacktestJson.of(summary));
            }
            out.flush();
        }
        return ExitCodes.OK;
    }

    private BacktestResult run(BacktestPlan plan, ForecastModel model, WindowListener listener)
            throws IOException {
        PrintWriter err = command.commandLine().getErr();
        try (BacktestForecasters contestants =
                        new BacktestForecasters(model, protocol, plan, provider.provider(), err);
                BacktestProgress progress = BacktestProgress.choose(plan, listener)) {
            return Backtest.run(plan, contestants.forecasters(), progress);
        }
    }

    private WindowGallery gallery(BacktestPlan plan) {
        return new WindowGallery(
                Baseline.SEASONAL_NAIVE.label(),
                plan.cutoffs(),
                plan.history().summaries().size(),
                SHOWN_WINDOWS);
    }

    private ForecastModel openModel() throws IOException {
        byte[] file = ModelFileReader.read(modelFile);
        ForecastSpec foreign =
                specFile == null
                        ? null
                        : historyArguments.ofGivenTicks(specFile, SpecFile.read(specFile));
        try {
            // The spec file of a model from another tool gives its tick length.
            byte[] onnx =
                    historyArguments
                            .givenTick()
                            .filter(tick -> foreign == null)
                            .map(tick -> ModelTickRewriter.change(file, tick.toMillis()))
                            .orElse(file);
            return ForecastModel.open(
                    foreign == null ? historyArguments.onGivenTicks(onnx) : onnx,
                    foreign,
                    provider.provider());
        } catch (InferenceException | SpecException e) {
            throw new UserError("%s: %s".formatted(modelFile, e.getMessage()), e);
        }
    }

    private int seasonOf(History history, ForecastSpec spec, SplitBorders borders, int horizon) {
        return SeasonChoice.of(history, spec.tickRule(), borders, horizon);
    }
}
