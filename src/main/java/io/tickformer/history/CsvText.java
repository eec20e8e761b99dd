package io.tickformer.history;

import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The characters of a text file in UTF-8, or in UTF-16 with a byte order mark. Malformed bytes are
 * rejected and not replaced: replacing them could make two names equal. Control characters are
 * rejected too, because they indicate a binary file. Also counts quotes, of which a CSV file has an
 * even number.
 */
final class CsvText extends FilterReader {
    private static final int BUFFER = 1 << 13;
    private static final int MARK_BYTES = 3;

    private final Path file;
    private long line = 1;
    private boolean lastWasReturn;
    private boolean oddQuotes;
    private boolean ended;

    private CsvText(Path file, Reader in) {
        super(in);
        this.file = file;
    }

    /** Opens the text of a file, decompressed if necessary. */
    static CsvText open(Path file) throws IOException {
        InputStream bytes = FileType.open(file);
        try {
            PushbackInputStream in = new PushbackInputStream(bytes, MARK_BYTES);
            byte[] first = in.readNBytes(MARK_BYTES);
            int mark = markLength(first);
            in.unread(first, mark, first.length - mark);
            return new CsvText(file, new InputStreamReader(in, charset(first).newDecoder()));
        } catch (IOException e) {
            bytes.close();
            if (FileType.isDamage(e)) {
                throw FileType.damaged(file, "", e);
            }
            throw e;
        }
    }

    private static boolean begins(byte[] first, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= first.length || (first[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static int markLength(byte[] first) {
        if (begins(first, 0xEF, 0xBB, 0xBF)) {
            return 3;
        }
        return begins(first, 0xFF, 0xFE) || begins(first, 0xFE, 0xFF) ? 2 : 0;
    }

    private static Charset charset(byte[] first) {
        if (begins(first, 0xFF, 0xFE)) {
            return StandardCharsets.UTF_16LE;
        }
        return begins(first, 0xFE, 0xFF) ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    }

    /** Whether the file has been read to its end and has an odd number of quotes. */
    boolean endsWithinQuotes() {
        return ended && oddQuotes;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        int count;
        try {
            // Decode in pieces, so that lines before malformed bytes have been counted.
            count = in.read(target, offset, Math.min(length, BUFFER));
        } catch (CharacterCodingException e) {
            throw new HistoryException(
                    ("%s: line %d or soon after: this is not text in UTF-8 (%s); save the file in"
                                    + " that encoding")
                            .formatted(file, line, e.getMessage()),
                    e);
        }
        if (count < 0) {
            ended = true;
            return count;
        }
        for (int i = offset; i < offset + count; i++) {
            count(target[i]);
        }
        return count;
    }

    private void count(char c) {
        if (c == '"') {
            oddQuotes = !oddQuotes;
        } else if (c < ' ' && c != '\t') {
            countControl(c);
        }
        lastWasReturn = c == '\r';
    }

    private void countControl(char c) {
        if (c == '\n') {
            line += lastWasReturn ? 0 : 1;
        } else if (c == '\r') {
            line++;
        } else {
            throw new HistoryException(
                    ("%s: line %d: there is a control character (%d), so this is not CSV but a"
                                    + " binary file, or text in UTF-16 without a byte order mark; expected"
                                    + " text in UTF-8")
                            .formatted(file, line, (int) c));
        }
    }
}
