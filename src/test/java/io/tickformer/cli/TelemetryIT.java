package io.tickformer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.process.Installation;
import io.tickformer.testing.Repository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The telemetry of ONNX Runtime is off: it stores no machine id and reports nothing. */
final class TelemetryIT {

    @Test
    @Timeout(value = 600, unit = TimeUnit.SECONDS)
    void aCommandThatRunsAModelLeavesNoIdOfTheMachineBehind(@TempDir Path home) throws Exception {
        Installation installation = Installation.current();
        ProcessBuilder builder =
                new ProcessBuilder(
                                List.of(
                                        installation.home().resolve("bin/tickformer").toString(),
                                        "inspect",
                                        installation.model("meters.onnx").toString()))
                        .redirectErrorStream(true);
        Path classes = Repository.root().resolve("target/classes");
        builder.environment().put("TICKFORMER_CLASSES", classes.toString());
        builder.environment().put("HOME", home.toString());
        builder.environment().remove("XDG_CACHE_HOME");
        // It is the launcher that says it, not this build.
        builder.environment().remove("ORT_DISABLE_TELEMETRY");
        Process command = builder.start();
        String said = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(command.waitFor()).as(said).isZero();
        assertThat(said).contains("contextLength");
        assertThat(home.resolve(".cache")).doesNotExist();
    }
}
