package io.tickformer.inference.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loading the native library, in a process of its own. */
class RuntimeLibraryTest {
    /** What the process runs. */
    static final class Load {
        private Load() {}

        public static void main(String[] args) {
            System.out.println("loaded " + RuntimeLibrary.environment().getVersion());
        }
    }

    @Test
    @Timeout(60)
    void aCommandLineOfManyCharactersDoesNotKillTheProcess()
            throws IOException, InterruptedException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dpadding=" + "x".repeat(60_000),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Load.class.getName());

        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(output).contains("loaded ");
        assertThat(process.exitValue()).isZero();
    }
}
