package io.tickformer.training;

import io.tickformer.annotation.Internal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files atomically: a reader sees the whole new file or the previous one, whatever fails.
 */
@Internal
public final class AtomicFile {
    private AtomicFile() {}

    /**
     * Checks at the start of a training that its file can be written at the end.
     *
     * @throws IOException if the directory cannot be created or written, or the file is a directory
     */
    static void requireWritable(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        if (Files.isDirectory(absolute)) {
            throw new FileSystemException(file.toString(), null, "this is a directory");
        }
        Files.createDirectories(absolute.getParent());
        Path partial = partial(absolute);
        Files.write(partial, new byte[0]);
        Files.delete(partial);
    }

    private static Path partial(Path absolute) {
        return absolute.resolveSibling(absolute.getFileName() + ".partial");
    }

    /**
     * Writes the bytes to a temporary file in the same directory, syncs it to disk and renames it.
     */
    public static void write(Path file, byte[] bytes) throws IOException {
        Path absolute = file.toAbsolutePath();
        Files.createDirectories(absolute.getParent());
        Path partial = partial(absolute);
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            partial,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(
                    partial,
                    absolute,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(partial);
            throw e;
        }
    }
}
