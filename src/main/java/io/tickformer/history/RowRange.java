package io.tickformer.history;

import io.tickformer.annotation.Internal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of data rows of a file: from {@code first} to {@code end}, exclusive. Rows are counted
 * from 0 without the header and blank lines. An end beyond the file means the end of the file.
 */
@Internal
public record RowRange(long first, long end) {
    public static final RowRange ALL = new RowRange(0, Long.MAX_VALUE);

    private static final Pattern TEXT = Pattern.compile("(\\d{0,18}):(\\d{0,18})");

    public RowRange {
        if (first < 0 || end <= first) {
            throw new HistoryException(
                    "rows %s; expected FIRST:END with FIRST less than END"
                            .formatted(text(first, end)));
        }
    }

    /**
     * Parses {@code "0:8640"}, {@code "8640:"}, {@code ":8640"} or {@code ":"}.
     *
     * @throws HistoryException if the text has none of these forms or the range is empty
     */
    public static RowRange parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new HistoryException(
                    "rows %s; expected FIRST:END, for example 0:8640 for the first 8640 rows"
                            .formatted(text));
        }
        String first = matcher.group(1);
        String end = matcher.group(2);
        return new RowRange(
                first.isEmpty() ? 0 : Long.parseLong(first),
                end.isEmpty() ? Long.MAX_VALUE : Long.parseLong(end));
    }

    @Override
    public String toString() {
        return text(first, end);
    }

    private static String text(long first, long end) {
        return first + ":" + (end == Long.MAX_VALUE ? "" : Long.toString(end));
    }
}
