package io.tickformer.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Node and its package manager, where a machine has them. */
public final class Node {

    private static final Duration INSTALL = Duration.ofMinutes(3);

    private Node() {}

    /** Whether both answer. */
    public static boolean isPresent() {
        return answers("node") && answers("npm");
    }

    private static boolean answers(String program) {
        try (WatchedProcess process =
                WatchedProcess.start(program, List.of(program, "--version"), Map.of())) {
            process.awaitEnd(Duration.ofMinutes(1));
            return true;
        } catch (IOException | IllegalStateException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Copies a package of this repository under {@code target} and installs what its lock file
     * names there; no install script runs.
     *
     * @return the folder of the copy
     */
    public static Path install(Path source) throws IOException, InterruptedException {
        Path copy =
                Repository.root()
                        .resolve("target")
                        .resolve("node")
                        .resolve(Repository.root().relativize(source).toString().replace('/', '-'));
        Files.createDirectories(copy);
        for (Path file : Repository.files()) {
            if (file.startsWith(source)) {
                Path to = copy.resolve(source.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        try (WatchedProcess npm =
                WatchedProcess.start(
                        "npm ci",
                        List.of(
                                "npm",
                                "ci",
                                "--ignore-scripts",
                                "--no-audit",
                                "--no-fund",
                                "--prefer-offline",
                                "--prefix",
                                copy.toString()),
                        Map.of())) {
            npm.awaitEnd(INSTALL);
        }
        return copy;
    }
}
