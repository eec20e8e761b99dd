package io.tickformer.cli.demo;

import io.tickformer.console.ExitCodes;
import io.tickformer.console.UserError;
import io.tickformer.history.CsvHistory;
import io.tickformer.history.CsvOptions;
import io.tickformer.history.History;
import io.tickformer.history.RowRange;
import io.tickformer.inference.runtime.Provider;
import io.tickformer.process.Installation;
import io.tickformer.spec.LibraryVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import picocli.CommandLine;

/**
 * Models of files without one: trained by the {@code train} command with its own defaults on the
 * first rows, and kept under {@code target} for the next demo of the same rows.
 */
final class FileModels {
    private static final int KEY_LENGTH = 16;

    private final CommandLine train;
    private final Provider provider;

    /**
     * @param train the train command, with the streams and the error mapping of its siblings
     */
    FileModels(CommandLine train, Provider provider) {
        this.train = train;
        this.provider = provider;
    }

    /**
     * The model of the first rows, trained unless it is there. An interrupted training goes on
     * where it was.
     *
     * @throws UserError if the training fails; it has said why by then
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
            err.printf("model      %s, trained on rows %s before%n", model, first);
            err.flush();
            return model;
        }
        Files.createDirectories(folder);
        err.printf("training a model on rows %s of %s first%n", first, csv);
        err.flush();
        int code = train.execute(arguments(csv, options, first, model).toArray(String[]::new));
        if (code != ExitCodes.OK) {
            throw new UserError("no model of " + csv + ", and so no forecasts");
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
     * What was learnt from, by whom and how, in a few letters. How is in the words of the command's
     * help, which names every default.
     */
    private String key(String fingerprint) {
        String all =
                fingerprint
                        + LibraryVersion.current()
                        + train.getUsageMessage(CommandLine.Help.Ansi.OFF);
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, KEY_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String stem(Path csv) {
        String name = csv.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
