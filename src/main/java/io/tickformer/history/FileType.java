package io.tickformer.history;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The type of a file, detected by its first bytes and not by its name. */
enum FileType {
    PARQUET("PAR1"),
    GZIP("\u001f\u008b"),
    ZIP("PK\u0003\u0004"),
    TEXT("");

    private static final int BUFFER = 1 << 16;

    /** The first bytes, one per character. */
    private final String beginning;

    FileType(String beginning) {
        this.beginning = beginning;
    }

    /**
     * Detects the type of a file.
     *
     * @throws HistoryException if it is a directory
     * @throws IOException if it cannot be read
     */
    static FileType of(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new HistoryException(file + ": this is a directory; expected a file");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new HistoryException(file + ": this is a device or a pipe; expected a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] first = in.readNBytes(PARQUET.beginning.length());
            String text = new String(first, StandardCharsets.ISO_8859_1);
            for (FileType content : values()) {
                if (text.startsWith(content.beginning)) {
                    return content;
                }
            }
        }
        return TEXT;
    }

    /** Opens the text of a file, decompressed if necessary. */
    static InputStream open(Path file) throws IOException {
        FileType content = of(file);
        if (content == ZIP || content == PARQUET) {
            throw new HistoryException(
                    "%s: this is a %s file; expected CSV: %s"
                            .formatted(
                                    file,
                                    content == ZIP ? "zip or Excel" : "Parquet",
                                    content == ZIP
                                            ? "unpack it, or save the sheet as CSV"
                                            : "export it as CSV first"));
        }
        boolean packed = content == GZIP;
        InputStream in = Files.newInputStream(file);
        if (!packed) {
            return in;
        }
        try {
            return new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER);
        } catch (IOException e) {
            in.close();
            throw damaged(file, "", e);
        }
    }

    /** Whether a read error means that the gzip data is damaged. */
    static boolean isDamage(IOException e) {
        return e instanceof EOFException || e instanceof ZipException;
    }

    /** Turns the error into a message. */
    static HistoryException damaged(Path file, String place, IOException e) {
        return new HistoryException(
                "%s: %sthe gzip data is truncated or damaged (%s); compress or copy the file again"
                        .formatted(file, place, e.getMessage()),
                e);
    }
}
