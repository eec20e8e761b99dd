package io.tickformer.process;

import io.tickformer.annotation.Internal;
import io.tickformer.console.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A folder for temporary files. It is deleted when it is closed, and when this JVM ends in an
 * orderly way, by Ctrl-C too.
 */
@Internal
public final class TemporaryFolder implements AutoCloseable {
    private static final long MEBIBYTE = 1L << 20;

    private static final int ATTEMPTS = 20;

    /** Folders that are not closed yet. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path path;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /**
     * Creates a folder in the system's folder of temporary files.
     *
     * @throws UserError if it cannot be created or the disk has less free space than needed
     */
    public static TemporaryFolder create(String prefix, long neededBytes) {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            long usable = Files.getFileStore(parent).getUsableSpace();
            if (usable < neededBytes) {
                throw new UserError(
                        "%s has %d MiB free; expected at least %d MiB. Make room there."
                                .formatted(parent, usable / MEBIBYTE, neededBytes / MEBIBYTE));
            }
            TemporaryFolder directory =
                    new TemporaryFolder(Files.createTempDirectory(parent, prefix));
            OPEN.add(directory.path);
            RunningProcesses.hook();
            return directory;
        } catch (IOException e) {
            throw new UserError(
                    "no folder can be made in %s: %s".formatted(parent, e.getMessage()), e);
        }
    }

    public Path path() {
        return path;
    }

    /** Keeps the folder: neither closing nor the end of the JVM deletes it from now on. */
    public void keep() {
        OPEN.remove(path);
    }

    /**
     * JVM option by which {@link ParentProcessWatcher} deletes this folder when this process is
     * killed.
     */
    String watchOption() {
        return "-D" + ParentProcessWatcher.FOLDER_PROPERTY + "=" + path;
    }

    @Override
    public void close() {
        if (OPEN.remove(path)) {
            delete(path);
        }
    }

    /** Deletes the folders that are not closed yet. Called at the end of the JVM. */
    static void deleteAll() {
        OPEN.forEach(TemporaryFolder::delete);
    }

    /**
     * Deletes a folder as far as possible. A file that cannot be deleted is left without an error.
     */
    public static void delete(Path folder) {
        // A process that is ending may add or delete files at the same time, so it may take several
        // attempts.
        for (int attempt = 0; attempt < ATTEMPTS && Files.exists(folder); attempt++) {
            deleteOnce(folder);
        }
    }

    private static void deleteOnce(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // The caller tries again.
        }
    }
}
