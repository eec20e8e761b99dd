package io.tickformer.cli.demo;

import io.tickformer.console.ExitCodes;
import io.tickformer.console.UserError;
import io.tickformer.history.CsvHistory;
import io.tickformer.history.CsvOptions;
import io.tickformer.history.History;
import io.tickformer.history.RowRange;
import io.tickformer.inference.ContentHash;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.process.Installation;
import io.tickformer.spec.LibraryVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * Trains models for files that have none: runs the {@code train} command with its defaults on the
 * first rows. Models are cached under {@code target} for later demos of the same rows.
 */
final class CsvModelTrainer {
    private static final int KEY_LENGTH = 16;

    private final CommandLine train;
    private final ExecutionProvider provider;

    /**
     * @param train the train command, configured like the other commands
     */
    CsvModelTrainer(CommandLine train, ExecutionProvider provider) {
        this.train = train;
        this.provider = provider;
    }

    /**
     * The model of the first rows, from the cache or newly trained. Continues an interrupted
     * training.
     *
     * @throws UserError if the training fails; it has printed the reason
     */
    Path of(Path csv, CsvOptions options, long rows) throws IOException {
        RowRange first = new RowRange(0, rows);
        Path folder =
                Installation.current()
                        .workFolder("demo")
                        .resolve("models")
                        .resolve(key(fingerprint(csv, options.withRows(first))));
        Path model = folder.resolve(stem(csv) + ".onnx");
        PrintWriter err = train.getErr();
        if (Files.exists(model)) {
            err.printf("model      %s, trained on rows %s by an earlier demo%n", model, first);
            err.flush();
            return model;
        }
        Files.createDirectories(folder);
        err.printf("training a model on rows %s of %s first%n", first, csv);
        err.flush();
        int code = train.execute(arguments(csv, options, first, model).toArray(String[]::new));
        if (code != ExitCodes.OK) {
            throw new UserError(
                    "training a model of " + csv + " failed, so the demo cannot forecast it");
        }
        return model;
    }

    private static String fingerprint(Path csv, CsvOptions options) throws IOException {
        try (History history = CsvHistory.read(csv, options)) {
            return history.fingerprint();
        }
    }

    private List<String> arguments(Path csv, CsvOptions options, RowRange rows, Path model) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--data", csv.toString(), "--rows", rows.toString()));
        arguments.addAll(List.of("--output", model.toString(), "--provider", provider.name()));
        if (options.timeColumn() != null) {
            arguments.addAll(List.of("--time-column", options.timeColumn()));
        }
        if (!options.columns().isEmpty()) {
            arguments.addAll(List.of("--columns", String.join(",", options.columns())));
        }
        if (Files.exists(model.resolveSibling(model.getFileName() + ".snapshot"))) {
            arguments.add("--resume");
        }
        return arguments;
    }

    /**
     * A hash of the training data, the version and the training settings. The help text of the
     * train command stands for the settings, because it names every default.
     */
    private String key(String fingerprint) {
        String all =
                fingerprint
                        + LibraryVersion.current()
                        + train.getUsageMessage(CommandLine.Help.Ansi.OFF);
        return ContentHash.of(all.getBytes(StandardCharsets.UTF_8)).substring(0, KEY_LENGTH);
    }

    private static String stem(Path csv) {
        String name = csv.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
