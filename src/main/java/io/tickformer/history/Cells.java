package io.tickformer.history;

import java.util.regex.Pattern;

/** What a cell of a column of values says. */
final class Cells {
    private static final Pattern MEANT_AS_NUMBER =
            Pattern.compile(
                    "[-+]?\\p{Sc}?\\s?[-+]?\\d[\\d.,'\\s]*(?:[eE][-+]?\\d+)?\\s?[\\p{Sc}%]?"
                            + "|[-+]?(?i:inf|infinity)|[-.?*#]+|#N/A|#VALUE!|#DIV/0!");

    private Cells() {}

    /** Whether the cell says that there is no value. */
    static boolean isMissing(String cell) {
        return cell.isEmpty()
                || cell.equalsIgnoreCase("nan")
                || cell.equalsIgnoreCase("na")
                || cell.equalsIgnoreCase("n/a")
                || cell.equalsIgnoreCase("null");
    }

    /**
     * Whether the cell is a number, or something that a column of numbers holds where it is not as
     * it should be: a number with a sign of currency, a percentage, a decimal comma or spaces, a
     * dash, an infinity.
     */
    static boolean isMeantAsNumber(String cell) {
        return !Double.isNaN(number(cell)) || MEANT_AS_NUMBER.matcher(cell).matches();
    }

    /** The finite number in a cell, or NaN if there is none. */
    static double number(String cell) {
        // Double.parseDouble also reads "1d", "0x1p3" and "Infinity": no file of figures means
        // them.
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            boolean decimal = (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+';
            if (!decimal && c != 'e' && c != 'E') {
                return Double.NaN;
            }
        }
        try {
            double number = Double.parseDouble(cell);
            return Double.isFinite(number) ? number : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
