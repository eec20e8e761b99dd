package io.tickformer.kafka.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Key, value and headers of a dead letter, truncated if necessary to fit into a record of limited
 * size together with the headers that describe it.
 *
 * @param key the key, or its beginning
 * @param value the value, or its beginning
 * @param headers its first headers, as many as fit; usually all
 * @param whole whether nothing was truncated
 */
record TruncatedDeadLetter(byte[] key, byte[] value, List<OriginalHeader> headers, boolean whole) {
    private static final int LONGEST_KEY = 64 * 1024;
    private static final int LONGEST_HEADERS = 48 * 1024;

    // Overhead of a batch with one record, including the lengths of key and value.
    private static final int BATCH_BYTES = 100;

    // The lengths of a header's name and value.
    private static final int HEADER_BYTES = 10;

    /** Incompressible bytes grow a little by compression. */
    private static final int COMPRESSION_SHARE = 256;

    /**
     * @param headers original headers, under the names in the dead letter
     * @param own headers that describe the letter, which are never truncated
     * @param limit size limit of the whole record in bytes
     */
    static TruncatedDeadLetter of(
            DeadLetter letter, List<OriginalHeader> headers, List<OriginalHeader> own, int limit) {
        long room = (long) limit - limit / COMPRESSION_SHARE - BATCH_BYTES;
        for (OriginalHeader header : own) {
            room -= size(header);
        }
        long needed = (long) length(letter.key()) + length(letter.value());
        for (OriginalHeader header : headers) {
            needed += size(header);
        }
        if (needed <= room) {
            return new TruncatedDeadLetter(letter.key(), letter.value(), headers, true);
        }
        int kept = 0;
        long spent = 0;
        while (kept < headers.size()
                && spent + size(headers.get(kept)) <= Math.min(LONGEST_HEADERS, room / 4)) {
            spent += size(headers.get(kept));
            kept++;
        }
        byte[] key = cut(letter.key(), Math.min(LONGEST_KEY, room / 4));
        byte[] value = cut(letter.value(), room - spent - length(key));
        return new TruncatedDeadLetter(key, value, headers.subList(0, kept), false);
    }

    private static long size(OriginalHeader header) {
        return HEADER_BYTES
                + header.name().getBytes(StandardCharsets.UTF_8).length
                + (long) length(header.value());
    }

    private static byte[] cut(byte[] bytes, long longest) {
        return length(bytes) <= longest ? bytes : Arrays.copyOf(bytes, (int) Math.max(0, longest));
    }

    static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
