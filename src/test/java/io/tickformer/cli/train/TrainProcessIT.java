package io.tickformer.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.cli.TickformerCommand;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.testing.TestModels;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A training in its own process: its reaction to a signal and its terminal output. */
@Timeout(600)
class TrainProcessIT {
    private static final int TERMINATED = 128 + 15;

    @TempDir private Path directory;

    @Test
    void anInterruptedTrainingSaysHowToGoOnAndGoesOnToTheSameFile() throws Exception {
        Path data = directory.resolve("load.csv");
        writeHistory(data);
        Path undisturbed = directory.resolve("undisturbed/load.onnx");
        Path resumed = directory.resolve("resumed/load.onnx");

        Process whole = train(data, undisturbed);
        assertThat(drained(whole)).contains("step 300 of 300");
        assertThat(whole.waitFor()).isZero();

        Process interrupted = train(data, resumed);
        String said;
        try (BufferedReader lines = interrupted.errorReader()) {
            awaitFirstValidation(lines);
            // SIGTERM, which takes the same way as Ctrl-C's SIGINT.
            assertThat(interrupted.toHandle().destroy()).isTrue();
            said = rest(lines);
        }
        assertThat(interrupted.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(interrupted.exitValue()).isEqualTo(TERMINATED);
        assertThat(said)
                .containsPattern(
                        "interrupted after step \\d+; the training snapshot is"
                                + " .*load.onnx.snapshot;")
                .contains("--resume to continue")
                .doesNotContain("\tat ");
        assertThat(resumed).doesNotExist();
        assertThat(directory.resolve("resumed/load.onnx.snapshot")).exists();

        Process goneOn = train(data, resumed, "--resume");
        assertThat(drained(goneOn)).contains("step 300 of 300");
        assertThat(goneOn.waitFor()).isZero();
        assertThat(Files.readAllBytes(resumed)).isEqualTo(Files.readAllBytes(undisturbed));
    }

    /** Training opens several sessions; where there is no GPU, all of them fall back. */
    @Test
    void autoSaysOnceThatItFellBackToTheProcessor() throws Exception {
        Path data = directory.resolve("load.csv");
        writeHistory(data);

        Process process = train(data, directory.resolve("load.onnx"), "--provider=auto");

        String said = drained(process);
        assertThat(process.waitFor()).isZero();
        assertThat(said.lines().filter(line -> line.startsWith("Models run on the CPU: provider")))
                .hasSize(hasGpu() ? 0 : 1);
    }

    private static boolean hasGpu() {
        byte[] onnx = TestModels.transformer(TestModels.STREAMING, 1);
        try (ForecastModel model = ForecastModel.open(onnx, ExecutionProvider.CUDA)) {
            return model.provider() == ExecutionProvider.CUDA;
        } catch (InferenceException missing) {
            return false;
        }
    }

    private static void awaitFirstValidation(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith("step ")) {
            line = lines.readLine();
        }
        assertThat(line).isNotNull();
    }

    private static String drained(Process process) throws IOException {
        try (BufferedReader lines = process.errorReader()) {
            return rest(lines);
        }
    }

    private static String rest(BufferedReader lines) {
        return String.join("\n", lines.lines().toList());
    }

    private static Process train(Path data, Path output, String... more) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("-Dlog4j2.configurationFile=io/tickformer/cli/log4j2-command.xml");
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(TickformerCommand.class.getName(), "train"));
        command.addAll(List.of("--data", data.toString(), "--output", output.toString()));
        command.addAll(List.of("--horizon=6", "--patch=4", "--attention-window=3", "--layers=2"));
        command.addAll(List.of("--width=8", "--heads=2", "--steps=300", "--batch=16"));
        command.addAll(List.of("--evaluate-every=20", "--patience=100"));
        command.addAll(List.of(more));
        return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static void writeHistory(Path file) throws IOException {
        StringBuilder csv = new StringBuilder("time,house\n");
        for (int hour = 0; hour < 600; hour++) {
            double load = 2 + Math.sin(2 * Math.PI * hour / 24) + 0.3 * Math.sin(hour * 1.7);
            csv.append(String.format(Locale.ROOT, "%d,%.3f%n", 3600L * hour, load));
        }
        Files.writeString(file, csv);
    }
}
