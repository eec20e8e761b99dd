package io.tickformer.job;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** Reads files from any file system that Flink supports. */
final class FlinkFiles {
    private FlinkFiles() {}

    /**
     * Reads all bytes of a file.
     *
     * @param setting the setting with the path, for messages
     * @param file a path, or a URI such as {@code s3://bucket/model.onnx}
     * @param mostBytes size limit of the file
     * @throws OptionException if it cannot be read, is too large or is not a regular file
     */
    static byte[] read(String setting, String file, int mostBytes) {
        try {
            Path path = path(file);
            FileSystem system = path.getFileSystem();
            if (system.getFileStatus(path).isDir()) {
                throw OptionException.invalid(setting, file, "a file; this is a folder");
            }
            requireRegular(setting, path);
            try (FSDataInputStream in = system.open(path)) {
                byte[] bytes = in.readNBytes(mostBytes);
                if (in.read() >= 0) {
                    throw OptionException.invalid(
                            setting, file, "a file of at most %d bytes".formatted(mostBytes));
                }
                return bytes;
            }
        } catch (FileNotFoundException e) {
            throw new OptionException(
                    "%s is %s; there is no such file".formatted(setting, file), e);
        } catch (IOException | IllegalArgumentException e) {
            throw new OptionException(
                    "%s is %s; it cannot be read: %s".formatted(setting, file, e.getMessage()), e);
        }
    }

    // A device or a pipe may never end.
    private static void requireRegular(String setting, Path path) {
        URI uri = path.toUri();
        if ("file".equals(uri.getScheme())) {
            java.nio.file.Path local = java.nio.file.Path.of(uri.getPath());
            if (Files.exists(local) && !Files.isRegularFile(local)) {
                throw OptionException.invalid(
                        setting, local, "a regular file; this is a device or a pipe");
            }
        }
    }

    // A path without a scheme is local, whatever Flink's default file system is.
    private static Path path(String file) {
        Path path = new Path(file);
        URI uri = path.toUri();
        return uri.getScheme() == null
                ? new Path(java.nio.file.Path.of(file).toAbsolutePath().toUri())
                : path;
    }
}
