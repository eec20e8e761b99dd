package io.tickformer.process;

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
 * Where a job that runs on this machine keeps its checkpoints unless told otherwise: a folder of
 * the user's, apart for each job. A run that is ended by Ctrl-C leaves its last checkpoint there;
 * those of all runs but the last three are removed by the next.
 */
public final class StateFolder {
    private static final int RUNS_KEPT = 3;

    private final Path folder;

    private StateFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The folder of a job, which need not be there, below that for what the user's programs keep
     * from run to run, as the XDG specification has it.
     */
    public static StateFolder of(Map<String, String> environment, Path home, String job) {
        return new StateFolder(ofUser(environment, home).resolve(job));
    }

    /** The folder for what Tickformer keeps from run to run. */
    static Path ofUser(Map<String, String> environment, Path home) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        // The specification wants relative paths ignored.
        Path user =
                state.isEmpty() || !Path.of(state).isAbsolute()
                        ? home.resolve(".local").resolve("state")
                        : Path.of(state);
        return user.resolve("tickformer");
    }

    /** Where the checkpoints go. */
    public Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    /**
     * Makes the folder, if need be, and removes what runs before the last ones have left there;
     * nothing while another process holds the folder too.
     *
     * @throws UserError if it cannot be made
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
            RunDirectory.delete(run);
        }
    }

    /** Keeps other runs of the job from removing what this one may need. */
    public static final class Held implements AutoCloseable {
        private final FileChannel channel;

        private Held(FileChannel channel) {
            this.channel = channel;
        }

        /** Lets go of the lock with it. */
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
