package io.tickformer.process;

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
 * A folder for temporary files, gone when it is closed, and with the orderly end of this virtual
 * machine, Ctrl-C included.
 */
public final class RunDirectory implements AutoCloseable {
    private static final long MEBIBYTE = 1L << 20;

    private static final int ATTEMPTS = 20;

    /** Those not closed yet. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path path;

    private RunDirectory(Path path) {
        this.path = path;
    }

    /**
     * A new folder among the system's temporary files.
     *
     * @throws UserError if it cannot be made or the disk has less room than asked for
     */
    public static RunDirectory create(String prefix, long neededBytes) {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            long usable = Files.getFileStore(parent).getUsableSpace();
            if (usable < neededBytes) {
                throw new UserError(
                        "%s has %d MiB free; expected at least %d MiB. Make room there."
                                .formatted(parent, usable / MEBIBYTE, neededBytes / MEBIBYTE));
            }
            RunDirectory directory = new RunDirectory(Files.createTempDirectory(parent, prefix));
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

    /** Leaves it where it is, for someone to look into: nothing deletes it from now on. */
    public void keep() {
        OPEN.remove(path);
    }

    /** The option that has a process on the {@link Leash} delete this folder if orphaned. */
    String leashOption() {
        return "-D" + Leash.FOLDER_PROPERTY + "=" + path;
    }

    @Override
    public void close() {
        if (OPEN.remove(path)) {
            delete(path);
        }
    }

    /** Deletes those not closed yet: for the end of this virtual machine. */
    static void deleteAll() {
        OPEN.forEach(RunDirectory::delete);
    }

    /** Deletes a folder as far as possible: temporary files are not worth failing for. */
    public static void delete(Path folder) {
        // Whose files they are may be deleting them as well, which takes several goes.
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
            // What could not be deleted is still there, and tried again or left.
        }
    }
}
