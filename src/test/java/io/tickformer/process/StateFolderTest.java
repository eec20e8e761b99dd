package io.tickformer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.console.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateFolderTest {
    private static final Path HOME = Path.of("/people/ada");

    @TempDir private Path folder;

    private StateFolder stateFolder() {
        return StateFolder.of(Map.of("XDG_STATE_HOME", folder.toString()), HOME, "job");
    }

    @Test
    void itIsTheUsersOwnAndThatOfTheXdgSpecificationWhereThatIsSet() {
        assertThat(StateFolder.of(Map.of(), HOME, "job").checkpoints())
                .isEqualTo(HOME.resolve(".local/state/tickformer/job/checkpoints"));
        assertThat(
                        StateFolder.of(Map.of("XDG_STATE_HOME", "/var/state"), HOME, "job")
                                .checkpoints())
                .isEqualTo(Path.of("/var/state/tickformer/job/checkpoints"));
        assertThat(StateFolder.of(Map.of("XDG_STATE_HOME", "state"), HOME, "job").checkpoints())
                .isEqualTo(HOME.resolve(".local/state/tickformer/job/checkpoints"));
    }

    @Test
    void whatAllRunsButTheLastThreeHaveLeftIsRemoved() throws IOException {
        StateFolder state = stateFolder();
        for (int run = 0; run < 5; run++) {
            Path left = state.checkpoints().resolve("run-" + run);
            Files.createDirectories(left.resolve("chk-7"));
            Files.writeString(left.resolve("chk-7").resolve("_metadata"), "state");
            Files.setLastModifiedTime(left, FileTime.fromMillis(1_000_000L * (run + 1)));
        }
        state.hold().close();
        assertThat(left(state)).containsExactly("run-2", "run-3", "run-4");
    }

    @Test
    void whatIsInTheWayIsOneClearLine() throws IOException {
        Files.writeString(folder.resolve("tickformer"), "a file");
        assertThatThrownBy(() -> stateFolder().hold())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("checkpoints cannot be kept in " + folder)
                .hasMessageContaining("set checkpoint.directory");
    }

    private static List<String> left(StateFolder state) throws IOException {
        try (Stream<Path> runs = Files.list(state.checkpoints())) {
            return runs.map(run -> run.getFileName().toString()).sorted().toList();
        }
    }
}
