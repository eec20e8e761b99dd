package io.tickformer.sql;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** Reads model files from any file system that Flink supports. */
final class ModelFiles {
    /** Far more than any model has that a record can wait for. */
    private static final long MOST_BYTES = 1L << 30;

    private ModelFiles() {}

    /**
     * Reads a file.
     *
     * @throws SqlArgumentException if it cannot be read
     */
    static byte[] read(String file) {
        if (file.isBlank()) {
            throw SqlArgumentException.of("model", "empty", "the path of a model file");
        }
        try {
            Path path = path(file);
            FileSystem system = path.getFileSystem();
            FileStatus status = system.getFileStatus(path);
            if (status.isDir()) {
                throw SqlArgumentException.of("model", file, "a file; this is a folder");
            }
            if (status.getLen() > MOST_BYTES) {
                throw SqlArgumentException.of(
                        "model", file, "a file of at most %d bytes".formatted(MOST_BYTES));
            }
            try (FSDataInputStream in = system.open(path)) {
                return in.readNBytes((int) status.getLen());
            }
        } catch (FileNotFoundException e) {
            throw new SqlArgumentException(
                    "model is %s; there is no such file where the statement is planned, in the SQL"
                                    .formatted(file)
                            + " client or gateway",
                    e);
        } catch (IOException | IllegalArgumentException e) {
            throw new SqlArgumentException(
                    "model is %s; it cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    // A path without a scheme is local, whatever Flink's default file system is.
    private static Path path(String file) {
        Path path = new Path(file);
        return path.toUri().getScheme() == null
                ? new Path(java.nio.file.Path.of(file).toAbsolutePath().toUri())
                : path;
    }
}
