package io.tickformer.cli.doctor;

import io.tickformer.monitoring.ReadableNumbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Checks the folder of temporary files, into which native libraries are unpacked and run. */
final class TemporaryFolderCheck implements Check {
    private static final long MEBIBYTE = 1L << 20;
    private static final long NEEDED = 200 * MEBIBYTE;
    private static final String ELSEWHERE =
            "name another folder, such as JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=/var/tmp";

    private final Path folder;
    private final Path mounts;

    /**
     * @param folder the folder
     * @param mounts the list of file systems that Linux keeps; it may not exist
     */
    TemporaryFolderCheck(Path folder, Path mounts) {
        this.folder = folder;
        this.mounts = mounts;
    }

    static TemporaryFolderCheck ofThisProcess() {
        return new TemporaryFolderCheck(
                Path.of(System.getProperty("java.io.tmpdir")), Path.of("/proc/self/mounts"));
    }

    @Override
    public List<Subject> subjects() {
        return List.of(Subject.TEMPORARY_FOLDER);
    }

    @Override
    public void run(Examination examination, Findings findings) {
        if (!Files.isDirectory(folder)) {
            findings.problem(
                    Subject.TEMPORARY_FOLDER,
                    folder + " is not a folder",
                    "create it, or " + ELSEWHERE);
            return;
        }
        long free;
        try {
            Files.delete(Files.createTempFile(folder, "tickformer-doctor-", ""));
            free = Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            findings.problem(
                    Subject.TEMPORARY_FOLDER,
                    "no file can be created in %s (%s)".formatted(folder, e.getMessage()),
                    "make it writable for this user, or " + ELSEWHERE);
            return;
        }
        String seen =
                "%s is writable and has %s MiB free"
                        .formatted(folder, ReadableNumbers.number(free / MEBIBYTE));
        if (forbidsExecution()) {
            findings.problem(
                    Subject.TEMPORARY_FOLDER,
                    seen + ", but is mounted with noexec; ONNX Runtime's library cannot be loaded",
                    "mount it without noexec, or " + ELSEWHERE);
        } else if (free < NEEDED) {
            findings.warning(
                    Subject.TEMPORARY_FOLDER,
                    seen + "; a job unpacks some 30 MiB there, and Flink spills to it",
                    "make room there, or " + ELSEWHERE);
        } else {
            findings.ok(Subject.TEMPORARY_FOLDER, seen);
        }
    }

    /** Returns whether the file system of the folder has the option {@code noexec}. */
    private boolean forbidsExecution() {
        try {
            Path real = folder.toRealPath();
            int longest = -1;
            boolean forbids = false;
            for (String line : Files.readAllLines(mounts)) {
                // Device, mount point, type, options. A later mount hides an earlier one.
                String[] fields = line.split(" ", -1);
                if (fields.length < 4) {
                    continue;
                }
                Path point = Path.of(fields[1].replace("\\040", " "));
                if (real.startsWith(point) && point.getNameCount() >= longest) {
                    longest = point.getNameCount();
                    forbids = List.of(fields[3].split(",")).contains("noexec");
                }
            }
            return forbids;
        } catch (IOException e) {
            // Another system, or one that does not tell. Then loading the library tells.
            return false;
        }
    }
}
