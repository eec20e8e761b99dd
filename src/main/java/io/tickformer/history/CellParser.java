package io.tickformer.history;

import java.util.regex.Pattern;

/** Interprets the cells of a column of values. */
final class CellParser {
    private static final Pattern MEANT_AS_NUMBER =
            Pattern.compile(
                    "[-+]?\\p{Sc}?\\s?[-+]?\\d[\\d.,'\\s]*(?:[eE][-+]?\\d+)?\\s?[\\p{Sc}%]?"
                            + "|[-+]?(?i:inf|infinity)|[-.?*#]+|#N/A|#VALUE!|#DIV/0!");

    private CellParser() {}

    /** Whether the cell means a missing value. */
    static boolean isMissing(String cell) {
        return cell.isEmpty()
                || cell.equalsIgnoreCase("nan")
                || cell.equalsIgnoreCase("na")
                || cell.equalsIgnoreCase("n/a")
                || cell.equalsIgnoreCase("null");
    }

    /**
     * Whether the cell is a number or a malformed number, as in numeric columns with mistakes: with
     * a currency sign, a percent sign, a decimal comma or spaces, or a dash or infinity.
     */
    static boolean isMeantAsNumber(String cell) {
        return !Double.isNaN(number(cell)) || MEANT_AS_NUMBER.matcher(cell).matches();
    }

    /** The finite number in a cell, or NaN. */
    static double number(String cell) {
        // Double.parseDouble also accepts "1d", "0x1p3" and "Infinity", which are not numbers in a
        // CSV file.
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
