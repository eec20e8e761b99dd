package io.tickformer.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Node and its package manager, where a machine has them. */
public final class Node {

    private static final Duration INSTALL = Duration.ofMinutes(3);

    private Node() {}

    /** Whether both answer. */
    public static boolean isPresent() {
        return Programs.succeeds("node", "--version") && Programs.succeeds("npm", "--version");
    }

    /**
     * Copies a package of this repository under {@code target} and installs what its lock file
     * names there; no install script runs.
     *
     * @return the folder of the copy
     */
    public static Path install(Path source) throws IOException, InterruptedException {
        Path copy = Repository.copyToTarget(source);
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
