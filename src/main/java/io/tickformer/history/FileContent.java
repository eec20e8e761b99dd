package io.tickformer.history;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** What a file is, told by how it begins and not by its name. */
enum FileContent {
    PARQUET("PAR1"),
    GZIP("\u001f\u008b"),
    TEXT("");

    private static final int BUFFER = 1 << 16;

    /** Its first bytes, a character each. */
    private final String beginning;

    FileContent(String beginning) {
        this.beginning = beginning;
    }

    /**
     * What a file holds.
     *
     * @throws HistoryException if it is a directory
     * @throws IOException if it cannot be read
     */
    static FileContent of(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new HistoryException(file + ": this is a directory; expected a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] first = in.readNBytes(PARQUET.beginning.length());
            String text = new String(first, StandardCharsets.ISO_8859_1);
            for (FileContent content : values()) {
                if (text.startsWith(content.beginning)) {
                    return content;
                }
            }
        }
        return TEXT;
    }

    /** The text of a file, unpacked where it is packed. */
    static InputStream open(Path file) throws IOException {
        boolean packed = of(file) == GZIP;
        InputStream in = Files.newInputStream(file);
        if (!packed) {
            return in;
        }
        try {
            return new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER);
        } catch (IOException e) {
            in.close();
            throw new HistoryException(
                    "%s: the gzip data is cut short or damaged (%s); compress or copy the file again"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }
}
