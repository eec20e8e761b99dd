package io.tickformer.cli.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickformer.annotation.Internal;
import io.tickformer.cli.history.HistoryArguments;
import io.tickformer.cli.train.Preset;
import io.tickformer.console.ExitCodes;
import io.tickformer.console.JsonArgument;
import io.tickformer.console.UserError;
import io.tickformer.event.TickDefinition;
import io.tickformer.history.History;
import io.tickformer.history.Split;
import io.tickformer.history.SplitBorders;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.training.TrainingSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tickformer compare}: trains all architectures with the same settings. */
@Command(
        name = "compare",
        description =
                "Trains all architectures on one history with the same settings and writes a table:"
                        + " parameters, training time, cost of a forecast, errors on the test set.",
        customSynopsis = "tickformer compare --data=FILE [OPTION]...",
        showDefaultValues = true,
        sortOptions = false)
@Internal
public final class CompareCommand implements Callable<Integer> {
    private static final int STEPS = 500;

    @Spec private CommandSpec command;

    @Mixin private HistoryArguments historyArguments;

    @Option(
            names = "--presets",
            split = ",",
            paramLabel = "NAME",
            description = "Presets of train to compare, in this order; by default all.")
    private List<Preset> presets;

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            defaultValue = "ltsf",
            description = "Training, validation and test set, as in train and backtest.")
    private String split;

    @Option(
            names = "--horizon",
            paramLabel = "TICKS",
            defaultValue = "96",
            description = "Number of ticks ahead to forecast.")
    private int horizon;

    @Option(names = "--steps", paramLabel = "N", description = "Maximum training steps of each.")
    private int steps = STEPS;

    @Option(names = "--batch", paramLabel = "N", description = "Windows in a training batch.")
    private int batch = TrainingSettings.DEFAULT.batch();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Random seed: the same seed gives the same models.")
    private long seed = TrainingSettings.DEFAULT.seed();

    @Option(names = "--threads", paramLabel = "N", description = "CPU threads.")
    private int threads = 1;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "Directory to keep the trained models in; by default they are deleted.")
    private Path models;

    @Option(
            names = "--output",
            paramLabel = "FILE.md",
            description = "Page to write; by default the table is only printed.")
    private Path output;

    @Mixin private JsonArgument json;

    @Override
    public Integer call() throws IOException {
        try (History whole = historyArguments.read()) {
            compare(comparison(whole));
        }
        return ExitCodes.OK;
    }

    private void compare(Comparison comparison) throws IOException {
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        List<Preset> chosen = presets == null ? List.of(Preset.values()) : presets;
        List<ComparisonRow> rows = new ArrayList<>();
        Path directory = models == null ? Files.createTempDirectory("tickformer-compare") : models;
        try {
            Files.createDirectories(directory);
            for (int i = 0; i < chosen.size(); i++) {
                Preset preset = chosen.get(i);
                err.printf("training %s, %d of %d%n", preset, i + 1, chosen.size());
                err.flush();
                for (ComparisonRow row : comparison.train(preset, directory)) {
                    rows.add(row);
                    err.printf(
                            Locale.ROOT,
                            "%s: mse %.4f, mae %.4f after %.0f s of training%n",
                            row.name(),
                            row.mse(),
                            row.mae(),
                            row.model().seconds());
                    err.flush();
                }
            }
        } finally {
            if (models == null) {
                delete(directory);
            }
        }
        rows.add(comparison.seasonalNaive());
        ComparisonPage page = new ComparisonPage(comparison, historyArguments.file(), split, rows);
        out.print(page.table());
        if (output != null) {
            if (output.toAbsolutePath().getParent() != null) {
                Files.createDirectories(output.toAbsolutePath().getParent());
            }
            Files.writeString(output, page.text());
        }
        if (json.isGiven()) {
            out.println(figures(rows));
        }
        out.flush();
    }

    private Comparison comparison(History whole) {
        long tickMillis = historyArguments.tickMillis(whole);
        SplitBorders borders =
                Split.parse(split, historyArguments.file()).borders(whole, tickMillis);
        try {
            TrainingSettings settings =
                    TrainingSettings.builder()
                            .steps(steps)
                            .batch(batch)
                            .warmUpSteps(Math.min(TrainingSettings.DEFAULT.warmUpSteps(), steps))
                            .seed(seed)
                            .build();
            return new Comparison(
                    whole,
                    whole.before(borders.validationEnd() * tickMillis),
                    borders,
                    TickDefinition.of(
                            tickMillis, historyArguments.tickMeaning(), Integer.MAX_VALUE),
                    horizon,
                    settings,
                    new RunnerOptions(ExecutionProvider.CPU, threads));
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static ObjectNode figures(List<ComparisonRow> rows) {
        ObjectNode figures = new ObjectMapper().createObjectNode();
        ArrayNode all = figures.putArray("architectures");
        for (ComparisonRow row : rows) {
            ObjectNode one = all.addObject();
            one.put("name", row.name());
            if (row.model() != null) {
                one.put("parameters", row.model().parameters());
                one.put("context_length", row.model().contextLength());
                one.put("steps", row.model().steps());
                one.put("best_step", row.model().bestStep());
                one.put("seconds", row.model().seconds());
                one.put("micros_single", row.model().single().micros());
                one.put("micros_in_micro_batch", row.model().many().micros());
            }
            one.put("mse", row.mse());
            one.put("mae", row.mae());
        }
        return figures;
    }
}
