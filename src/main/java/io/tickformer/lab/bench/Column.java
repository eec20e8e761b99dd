package io.tickformer.lab.bench;

import java.util.Locale;

/**
 * A column of a benchmark's results.
 *
 * @param field its name in JSON lines
 * @param heading its name in the table
 * @param decimals of a number in the table; in JSON numbers keep theirs
 */
public record Column(String field, String heading, int decimals) {
    /** What the table shows where there is no value. */
    private static final String NOTHING = "–";

    /** A column of texts or whole numbers. */
    public static Column of(String field, String heading) {
        return new Column(field, heading, 0);
    }

    /** A value as the table shows it. */
    String text(Object value) {
        if (value == null) {
            return NOTHING;
        }
        if (value instanceof Double number) {
            return Double.isFinite(number)
                    ? String.format(Locale.ROOT, "%,." + decimals + "f", number)
                    : NOTHING;
        }
        return value instanceof Number number
                ? String.format(Locale.ROOT, "%,d", number.longValue())
                : value.toString();
    }
}
