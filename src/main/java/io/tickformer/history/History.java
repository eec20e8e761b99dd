package io.tickformer.history;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * The histories of the series of one source.
 *
 * @param source where they come from, for messages: the file, and the lines of it where there are
 *     lines
 * @param series the histories, at least one, in the order of the source
 */
public record History(String source, List<SeriesHistory> series) {
    public History {
        Objects.requireNonNull(source, "source");
        series = List.copyOf(series);
        if (series.isEmpty()) {
            throw new HistoryException(source + ": no series; expected at least one");
        }
    }

    /**
     * What was known before a time. A series without any value by then is left out.
     *
     * @throws HistoryException if no series has one
     */
    public History before(long endMillis) {
        List<SeriesHistory> known = new ArrayList<>();
        for (SeriesHistory one : series) {
            SeriesHistory before = one.before(endMillis);
            if (before.observed() > 0) {
                known.add(before);
            }
        }
        return new History(source, known);
    }

    /**
     * SHA-256 over keys, event times and values in their order, in hexadecimal. Depends on what was
     * read, not on how the file writes it.
     */
    public String fingerprint() {
        MessageDigest digest = sha256();
        for (SeriesHistory one : series) {
            byte[] key = one.series().getBytes(StandardCharsets.UTF_8);
            int length = one.values().length;
            ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES);
            digest.update(bytes.putInt(key.length).array());
            digest.update(key);
            digest.update(bytes.clear().putInt(length).array());
            ByteBuffer row = ByteBuffer.allocate(Long.BYTES + Double.BYTES);
            for (int i = 0; i < length; i++) {
                row.clear().putLong(one.eventTimeMillis()[i]).putDouble(one.values()[i]);
                digest.update(row.array());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
