package io.tickformer.cli.doctor;

import io.tickformer.job.OptionException;
import io.tickformer.monitoring.ReadableNumbers;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;

/** Looks at the folder of the checkpoints. Writes a file there and deletes it. */
final class CheckpointsCheck implements Check {
    private static final String LOCAL = "file";
    private static final long MEBIBYTE = 1L << 20;
    private static final String SHARED =
            "set checkpoint.directory to a folder that all machines can reach, such as"
                    + " s3://bucket/tickformer";

    @Override
    public List<Subject> subjects() {
        return List.of(Subject.CHECKPOINTS);
    }

    @Override
    public void run(Examination examination, Findings findings) {
        Optional<String> folder =
                examination
                        .trial()
                        .checkpointDirectory()
                        .or(() -> examination.flink().flatMap(CheckpointsCheck::ofCluster));
        if (folder.isEmpty()) {
            withoutFolder(examination, findings);
            return;
        }
        try {
            URI uri = new URI(folder.get());
            if (uri.getScheme() == null) {
                findings.problem(
                        Subject.CHECKPOINTS,
                        "%s is no URI".formatted(folder.get()),
                        "begin checkpoint.directory with the file system, such as file:///folder or"
                                + " s3://bucket/folder");
            } else if (uri.getScheme().equals(LOCAL)) {
                local(examination, uri, findings);
            } else {
                shared(uri, findings);
            }
        } catch (URISyntaxException e) {
            findings.problem(
                    Subject.CHECKPOINTS,
                    "%s is no URI: %s".formatted(folder.get(), e.getReason()),
                    "correct checkpoint.directory");
        }
    }

    private static Optional<String> ofCluster(FlinkCluster cluster) {
        return Configuration.fromMap(cluster.configuration())
                .getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
    }

    private static void withoutFolder(Examination examination, Findings findings) {
        if (examination.flink().isEmpty()) {
            findings.skipped(
                    Subject.CHECKPOINTS,
                    "checkpoint.directory is not set; tickformer run uses a folder of the user");
            return;
        }
        String seen = "checkpoints are stored in the JobManager's memory, for few series only";
        try {
            findings.warning(
                    Subject.CHECKPOINTS,
                    examination
                            .model()
                            .flatMap(model -> examination.trial().memoryAdvice(model))
                            .orElse(seen),
                    SHARED);
        } catch (OptionException e) {
            findings.problem(Subject.CHECKPOINTS, e.getMessage(), SHARED);
        }
    }

    private static void local(Examination examination, URI uri, Findings findings) {
        List<String> hosts = examination.flink().map(FlinkCluster::hosts).orElse(List.of());
        if (hosts.size() > 1) {
            findings.problem(
                    Subject.CHECKPOINTS,
                    "%s is a local folder, and the cluster has %d machines: each of them would write to a folder of its own"
                            .formatted(uri, hosts.size()),
                    SHARED);
            return;
        }
        Path folder = Path.of(uri.getPath());
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            if (!Files.isDirectory(existing)) {
                throw new IOException(existing + " is not a folder");
            }
            Files.delete(Files.createTempFile(existing, ".tickformer-doctor-", ""));
            long free = Files.getFileStore(existing).getUsableSpace() / MEBIBYTE;
            findings.ok(
                    Subject.CHECKPOINTS,
                    "%s %s and has %s MiB free; it is local, which is enough for one machine"
                            .formatted(
                                    uri,
                                    existing.equals(folder.toAbsolutePath())
                                            ? "is writable"
                                            : "can be created",
                                    ReadableNumbers.number(free)));
        } catch (IOException e) {
            findings.problem(
                    Subject.CHECKPOINTS,
                    "no file can be created in %s (%s)".formatted(uri, e.getMessage()),
                    "make the folder writable for the user of the job, or set checkpoint.directory"
                            + " to another one");
        }
    }

    private static void shared(URI uri, Findings findings) {
        org.apache.flink.core.fs.Path file =
                new org.apache.flink.core.fs.Path(
                        new org.apache.flink.core.fs.Path(uri),
                        ".tickformer-doctor-" + UUID.randomUUID());
        try {
            FileSystem system = file.getFileSystem();
            try (FSDataOutputStream out = system.create(file, WriteMode.NO_OVERWRITE)) {
                out.write(0);
            }
            system.delete(file, false);
            findings.ok(Subject.CHECKPOINTS, "%s is writable from here".formatted(uri));
        } catch (UnsupportedFileSystemSchemeException e) {
            findings.skipped(
                    Subject.CHECKPOINTS,
                    "this command has no file system for %s://; the cluster needs Flink's plugin for it"
                            .formatted(uri.getScheme()));
        } catch (IOException e) {
            findings.problem(
                    Subject.CHECKPOINTS,
                    "no file can be created in %s (%s)".formatted(uri, e.getMessage()),
                    "create the folder, or correct checkpoint.directory and the access to it");
        }
    }
}
