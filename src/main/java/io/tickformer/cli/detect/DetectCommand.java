package io.tickformer.cli.detect;

import io.tickformer.annotation.Internal;
import io.tickformer.console.ExitCodes;
import io.tickformer.console.UserError;
import io.tickformer.evaluation.nab.NabWindow;
import io.tickformer.feedback.FeedbackSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tickformer detect}: finds anomalies in files by the code of the job. */
@Command(
        name = "detect",
        description =
                "Finds anomalies in files as a job finds them in its topic: every tick is compared"
                        + " to the forecasts made for it. With labelled windows, scores the"
                        + " detector by the rules of the Numenta Anomaly Benchmark.",
        customSynopsis = "tickformer detect --model=FILE.onnx --data=FILE [OPTION]...",
        showDefaultValues = true,
        sortOptions = false)
@Internal
public final class DetectCommand implements Callable<Integer> {
    @Spec private CommandSpec command;

    @Mixin private DetectDataArguments data;

    @Mixin private AnomalyArguments anomalies;

    @Option(
            names = "--windows",
            paramLabel = "FILE.json",
            description =
                    "Labelled windows: a JSON object with the name of each file and its windows,"
                            + " [[\"2014-04-10 07:15:00\", \"2014-04-11 16:45:00\"], ...].")
    private Path windowsFile;

    @Option(
            names = "--json",
            description =
                    "Print each anomaly as a line of JSON and, with --windows, the scores as the"
                            + " last line.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = command.commandLine().getOut();
        Map<String, List<NabWindow>> windows =
                windowsFile == null ? Map.of() : LabelledWindowsFile.read(windowsFile);
        DetectOutput output = json ? new DetectJson(out) : new DetectTable(out);
        NabComparison comparison = new NabComparison();
        try (FileDetector detector = new FileDetector(data, feedback())) {
            if (windowsFile != null && !detector.spec().channels().isEmpty()) {
                throw new UserError(
                        ("--windows are of files with one series; the model mixes the channels %s."
                                        + " Leave them out, or give a model of single series")
                                .formatted(detector.spec().channels()));
            }
            detector.detect(
                    detection -> {
                        note(detection);
                        output.print(detection);
                        if (windowsFile != null) {
                            compare(detection, windows, comparison);
                        }
                    });
        }
        if (windowsFile != null) {
            if (comparison.windows() == 0) {
                throw new UserError(
                        ("%s: none of its windows is in a file of --data after the first 15 %% of"
                                        + " rows; give files that it names")
                                .formatted(windowsFile));
            }
            output.print(comparison);
        }
        out.flush();
        return ExitCodes.OK;
    }

    private void note(Detection detection) {
        PrintWriter err = command.commandLine().getErr();
        for (String note : detection.notes()) {
            err.printf("%s: %s%n", detection.file(), note);
        }
        err.flush();
    }

    /** The feedback of a job with its defaults, and with these anomalies. */
    private FeedbackSettings feedback() {
        return FeedbackSettings.DEFAULT.withAnomalies(anomalies.settings());
    }

    private void compare(
            Detection detection, Map<String, List<NabWindow>> windows, NabComparison comparison) {
        PrintWriter err = command.commandLine().getErr();
        List<NabWindow> ofFile = windows.get(detection.fileName());
        if (ofFile == null) {
            err.printf(
                    "warning: %s does not name %s; it is left out of the scores%n",
                    windowsFile, detection.fileName());
            err.flush();
            return;
        }
        if (detection.series().size() != 1) {
            throw new UserError(
                    "%s has %d series, and windows are of a file with one; choose one with --columns"
                            .formatted(detection.file(), detection.series().size()));
        }
        comparison.add(detection.fileName(), detection.series().get(0), ofFile);
    }
}
