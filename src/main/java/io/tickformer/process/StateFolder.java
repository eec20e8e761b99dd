package io.tickformer.process;

import io.tickformer.annotation.Internal;
import io.tickformer.console.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The default folder for the checkpoints of a job that runs on this machine. It belongs to the
 * user, and each job has its own. A run that is ended by Ctrl-C leaves its last checkpoint there.
 * The next run removes the checkpoints of all runs but the last three.
 */
@Internal
public final class StateFolder {
    private static final int RUNS_KEPT = 3;

    private final Path folder;

    private StateFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Returns the folder of a job, below the user's state folder as the XDG specification defines
     * it. The folder need not exist.
     */
    public static StateFolder of(Map<String, String> environment, Path home, String job) {
        return new StateFolder(ofUser(environment, home).resolve(job));
    }

    /** Returns Tickformer's folder in the user's state folder. */
    static Path ofUser(Map<String, String> environment, Path home) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        // The specification wants relative paths ignored.
        Path user =
                state.isEmpty() || !Path.of(state).isAbsolute()
                        ? home.resolve(".local").resolve("state")
                        : Path.of(state);
        return user.resolve("tickformer");
    }

    /** Returns the folder of the checkpoints. */
    public Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    /**
     * Creates the folder if it is missing, and removes the checkpoints of old runs. Removes nothing
     * while another process holds the folder.
     *
     * @throws UserError if the folder cannot be created
     */
    public Held hold() {
        try {
            Files.createDirectories(checkpoints());
            FileChannel channel =
                    FileChannel.open(
                            folder.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                removeOld();
            }
            return new Held(channel);
        } catch (IOException e) {
            throw new UserError(
                    "checkpoints cannot be kept in %s: %s; set checkpoint.directory to another folder"
                            .formatted(checkpoints(), e),
                    e);
        }
    }

    private void removeOld() throws IOException {
        List<Path> runs = new ArrayList<>();
        try (Stream<Path> found = Files.list(checkpoints())) {
            found.filter(Files::isDirectory).forEach(runs::add);
        }
        Map<Path, FileTime> ended = new HashMap<>();
        for (Path run : runs) {
            ended.put(run, Files.getLastModifiedTime(run));
        }
        runs.sort(Comparator.comparing((Path run) -> ended.get(run)).thenComparing(run -> run));
        for (Path run : runs.subList(0, Math.max(0, runs.size() - RUNS_KEPT))) {
            TemporaryFolder.delete(run);
        }
    }

    /** Holds the folder: while it is open, other runs of the job remove no checkpoints. */
    public static final class Held implements AutoCloseable {
        private final FileChannel channel;

        private Held(FileChannel channel) {
            this.channel = channel;
        }

        /** Closes the file, which releases its lock. */
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
