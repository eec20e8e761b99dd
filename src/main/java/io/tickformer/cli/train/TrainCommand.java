package io.tickformer.cli.train;

import io.tickformer.annotation.Internal;
import io.tickformer.cli.card.CardFile;
import io.tickformer.cli.card.CommandText;
import io.tickformer.cli.card.TrainingCard;
import io.tickformer.cli.history.ChannelSelection;
import io.tickformer.cli.history.HistoryArguments;
import io.tickformer.console.ExitCodes;
import io.tickformer.console.JsonArgument;
import io.tickformer.console.Terminal;
import io.tickformer.console.UserError;
import io.tickformer.event.TickDefinition;
import io.tickformer.history.History;
import io.tickformer.history.Split;
import io.tickformer.history.SplitBorders;
import io.tickformer.spec.AcceptedTickMeanings;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SeasonalPath;
import io.tickformer.training.BaseModel;
import io.tickformer.training.RunSummary;
import io.tickformer.training.StopReason;
import io.tickformer.training.Trainer;
import io.tickformer.training.TrainingPlan;
import io.tickformer.training.TrainingResult;
import io.tickformer.training.TrainingSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Trains a model on the history of CSV files or of a Kafka topic. */
@Command(
        name = "train",
        description = "Trains a model on the history of CSV files or of a Kafka topic.",
        customSynopsis =
                "tickformer train (--data=FILE | --topic=NAME) --output=FILE.onnx [OPTION]...",
        showDefaultValues = true,
        sortOptions = false)
@Internal
public final class TrainCommand implements Callable<Integer> {
    private static final String MODEL_ARGUMENTS = "model";

    private final Clock clock = Clock.systemUTC();

    @Spec private CommandSpec command;

    @Mixin private HistoryArguments historyArguments;

    @Mixin private SyntheticArguments syntheticArguments;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE.onnx",
            description =
                    "Model file to write. Next to it stand the model card and, during training, the"
                            + " training snapshot.")
    private Path output;

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            description =
                    "Train on the first part of the history, validate on the second, and never read"
                            + " the third, the test set. Give shares such as 7:1:2, ticks such as"
                            + " 8640,2880,2880, ett for 12, 4 and 4 months, or ltsf for ett if the file"
                            + " is named ETT... and 7:1:2 otherwise. By default there is no test set,"
                            + " and --validation-share gives the validation set.")
    private String split;

    @Option(
            names = "--from",
            paramLabel = "FILE.onnx",
            description =
                    "Fine-tune this model instead of starting from random weights. The new model"
                            + " keeps its architecture, context, quantile levels and calendar features."
                            + " It keeps the horizon too, or the first steps of it with --horizon. The"
                            + " tick length may differ.")
    private Path from;

    @Option(names = "--resume", description = "Continue an interrupted training from its snapshot.")
    private boolean resume;

    @Mixin private JsonArgument json;

    @Mixin(name = MODEL_ARGUMENTS)
    private ModelArguments modelArguments;

    @Mixin private TrainingArguments trainingArguments;

    @Override
    public Integer call() throws IOException {
        // Check before reading the history, which may take long.
        TrainingSettings settings = trainingArguments.settings(from != null);
        BaseModel origin = from == null ? null : BaseModel.read(from);
        List<String> channels =
                origin == null ? modelArguments.channels() : origin.metadata().spec().channels();
        try (History all = history()) {
            PrintWriter err = command.commandLine().getErr();
            return train(ChannelSelection.of(all, channels, err), origin, settings);
        }
    }

    private History history() throws IOException {
        if (!syntheticArguments.given()) {
            return historyArguments.read();
        }
        historyArguments.requireNone(SyntheticArguments.NAME);
        return syntheticArguments.make();
    }

    private int train(History whole, BaseModel origin, TrainingSettings settings)
            throws IOException {
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        long tickMillis = historyArguments.tickMillis(whole);
        SplitBorders borders = split == null ? null : borders(whole, tickMillis);
        // Cut off the test set first: no choice may depend on it.
        History history =
                borders == null ? whole : whole.before(borders.validationEnd() * tickMillis);
        ForecastSpec ofTicks =
                origin == null
                        ? modelArguments
                                .spec(part(history, borders, tickMillis, settings))
                                .withTickMeaning(historyArguments.tickMeaning())
                        : historyArguments.ofGivenTicks(from, fineTuned(origin, tickMillis));
        ForecastSpec spec =
                ofTicks.withTickFit(
                        syntheticArguments.given()
                                ? AcceptedTickMeanings.ANY
                                : AcceptedTickMeanings.OWN);
        TrainingPlan plan =
                TrainingPlan.builder()
                        .history(history)
                        .borders(borders)
                        .spec(spec)
                        .baseModel(origin)
                        .settings(settings)
                        .runner(trainingArguments.runner())
                        .output(output)
                        .resume(resume)
                        .build();
        CardFile.of(output).requireReplaceable();
        describe(plan, err);
        TrainingResult result;
        try (Interrupt interrupt = new Interrupt()) {
            result = train(plan, interrupt, err);
            if (result.stopReason() == StopReason.INTERRUPTED) {
                // Said while the interrupt still waits: the process ends right after it.
                err.printf(
                        "interrupted after step %d; the training snapshot is %s; give the same"
                                + " command with --resume to continue%n",
                        result.run().steps(), result.snapshot());
                err.flush();
                return ExitCodes.INTERRUPTED;
            }
        }
        CardFile card = new TrainingCard(plan, result, commandText(settings), clock).write();
        report(result, card, out);
        return ExitCodes.OK;
    }

    private TrainingSource part(
            History history, SplitBorders borders, long tickMillis, TrainingSettings settings) {
        // The lifetime of a series follows from the context, which is chosen from this part.
        TickDefinition ticks =
                TickDefinition.of(tickMillis, historyArguments.tickMeaning(), Integer.MAX_VALUE);
        return borders == null
                ? TrainingSource.beforeShare(history, ticks, settings.validation().share())
                : new TrainingSource(history, ticks, borders);
    }

    private SplitBorders borders(History history, long tickMillis) {
        Path file =
                syntheticArguments.given() ? SyntheticArguments.file() : historyArguments.file();
        return Split.parse(split, file).borders(history, tickMillis);
    }

    /** The spec of the origin, of which only the horizon can be chosen. */
    private ForecastSpec fineTuned(BaseModel origin, long tickMillis) {
        ParseResult given = command.commandLine().getParseResult();
        boolean shorter = given.hasMatchedOption(ModelArguments.HORIZON);
        for (OptionSpec option : command.mixins().get(MODEL_ARGUMENTS).options()) {
            String name = option.longestName();
            if (given.hasMatchedOption(name) && !name.equals(ModelArguments.HORIZON)) {
                throw new UserError(
                        ("%s conflicts with --from %s, whose weights fix it; leave it out, or train"
                                        + " from scratch without --from")
                                .formatted(name, from));
            }
        }
        return origin.spec(tickMillis, shorter ? modelArguments.horizon() : 0);
    }

    private static TrainingResult train(TrainingPlan plan, Interrupt interrupt, PrintWriter err)
            throws IOException {
        boolean terminal = Terminal.isThere();
        try (ProgressDisplay display =
                ProgressDisplay.choose(terminal, plan.settings().steps(), err)) {
            Trainer trainer = new Trainer(display);
            interrupt.stops(trainer);
            return trainer.train(plan);
        }
    }

    private static String described(SeasonalPath path) {
        if (path == null) {
            return "no seasonal path";
        }
        return path.seasonLength() == 1
                ? "no season but the last %d values".formatted(path.seasons())
                : "%d seasons of %d".formatted(path.seasons(), path.seasonLength());
    }

    private static void describe(TrainingPlan plan, PrintWriter err) {
        ForecastSpec spec = plan.spec();
        err.printf(
                "%d series from %s%s; ticks of %d ms, each the %s, context of %d, horizon of %d,"
                        + " calendar %s, %s%n",
                plan.history().series().size(),
                plan.history().source(),
                spec.channels().isEmpty()
                        ? ""
                        : ", the channels %s together"
                                .formatted(String.join(", ", spec.channels())),
                spec.tickMillis(),
                spec.tickMeaning().text(),
                spec.contextLength(),
                spec.horizon(),
                spec.calendarFeatures()
                        + (spec.calendarZone() == null ? "" : " in " + spec.calendarZone()),
                described(spec.seasonalPath()));
        if (plan.baseModel() != null) {
            ForecastSpec before = plan.baseModel().metadata().spec();
            err.printf(
                    "fine-tuning %s, %s, which was trained on ticks of %d ms and forecasts %d%n",
                    plan.baseModel().source(),
                    plan.baseModel().label(),
                    before.tickMillis(),
                    before.horizon());
        }
        if (!plan.resume() && Files.exists(plan.snapshot())) {
            err.printf(
                    "%s is left over from an interrupted training and will be replaced; --resume"
                            + " would continue it%n",
                    plan.snapshot());
        }
        err.flush();
    }

    private String commandText(TrainingSettings settings) {
        return CommandText.of(
                command.commandLine().getParseResult(),
                Set.of("--resume", "--json"),
                Map.of("--seed", Long.toString(settings.seed())));
    }

    private void report(TrainingResult result, CardFile card, PrintWriter out) {
        RunSummary run = result.run();
        boolean stoppedEarly = run.stopReason() == StopReason.STOPPED_EARLY;
        out.printf(
                Locale.ROOT,
                "%s: %d parameters of step %d, validation %s %.4f; %s after %d steps and %.0f s%n",
                result.output(),
                result.parameters(),
                run.bestStep(),
                result.metric(),
                result.metric().of(result.validation()),
                stoppedEarly ? "stopped early" : "completed",
                run.steps(),
                result.seconds());
        out.printf("%s: its model card%n", card.path());
        if (json.isGiven()) {
            out.println(TrainingFigures.of(result, card.path()));
        }
        out.flush();
    }
}
