package io.tickformer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.console.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TemporaryFolderTest {
    @Test
    void itIsGoneWithAllThatIsInItWhenClosed() throws IOException {
        Path path;
        try (TemporaryFolder directory = TemporaryFolder.create("tickformer-test-", 1)) {
            path = directory.path();
            Files.createDirectories(path.resolve("a").resolve("b"));
            Files.writeString(path.resolve("a").resolve("b").resolve("file"), "text");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void itStaysWhenItIsKept() throws IOException {
        TemporaryFolder directory = TemporaryFolder.create("tickformer-test-", 1);
        Path file = Files.writeString(directory.path().resolve("file"), "text");

        directory.keep();
        directory.close();
        assertThat(file).hasContent("text");
        TemporaryFolder.delete(directory.path());
        assertThat(directory.path()).doesNotExist();
    }

    @Test
    void aDiskWithoutRoomIsNamedInOneLine() {
        assertThatThrownBy(() -> TemporaryFolder.create("tickformer-test-", Long.MAX_VALUE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("MiB free; expected at least")
                .hasMessageContaining(System.getProperty("java.io.tmpdir"))
                .hasMessageNotContaining("\n");
    }
}
