package io.tickformer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.console.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RunDirectoryTest {
    @Test
    void itIsGoneWithAllThatIsInItWhenClosed() throws IOException {
        Path path;
        try (RunDirectory directory = RunDirectory.create("tickformer-test-", 1)) {
            path = directory.path();
            Files.createDirectories(path.resolve("a").resolve("b"));
            Files.writeString(path.resolve("a").resolve("b").resolve("file"), "text");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void itStaysWhenItIsKept() throws IOException {
        RunDirectory directory = RunDirectory.create("tickformer-test-", 1);
        Path file = Files.writeString(directory.path().resolve("file"), "text");

        directory.keep();
        directory.close();
        assertThat(file).hasContent("text");
        RunDirectory.delete(directory.path());
        assertThat(directory.path()).doesNotExist();
    }

    @Test
    void aDiskWithoutRoomIsNamedInOneLine() {
        assertThatThrownBy(() -> RunDirectory.create("tickformer-test-", Long.MAX_VALUE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("MiB free; expected at least")
                .hasMessageContaining(System.getProperty("java.io.tmpdir"))
                .hasMessageNotContaining("\n");
    }
}
