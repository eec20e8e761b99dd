package io.tickformer.lab.bench;

import io.tickformer.annotation.Internal;
import java.util.Locale;

/**
 * A column of a table of results.
 *
 * @param field its name in JSON lines
 * @param heading its name in the table
 * @param decimals of a number in the table; JSON has all decimals
 */
@Internal
public record Column(String field, String heading, int decimals) {
    /** The table's text for a missing value. */
    private static final String NOTHING = "–";

    /** A column of text or whole numbers. */
    public static Column of(String field, String heading) {
        return new Column(field, heading, 0);
    }

    /** A value in the form of the table. */
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
