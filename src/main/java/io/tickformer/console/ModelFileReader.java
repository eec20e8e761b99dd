package io.tickformer.console;

import io.tickformer.annotation.Internal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the model file that a user has named. */
@Internal
public final class ModelFileReader {
    /** The maximum length of a Java array and of a Protocol Buffers message. */
    private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

    private ModelFileReader() {}

    /**
     * Reads the file.
     *
     * @throws UserError if it is a directory or a device, or larger than an ONNX file can be
     * @throws IOException if it cannot be read
     */
    public static byte[] read(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new UserError(path + ": this is a directory; expected an ONNX file");
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new UserError(path + ": this is a device or a pipe; expected an ONNX file");
        }
        long size = Files.size(path);
        if (size > MOST_BYTES) {
            throw new UserError(
                    ("%s: it has %d bytes; an ONNX file has less than 2 GiB, and larger models keep"
                                    + " their weights in separate files")
                            .formatted(path, size));
        }
        return Files.readAllBytes(path);
    }
}
