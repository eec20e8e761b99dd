package io.tickformer.history;

/** What a cell of a column of values says. */
final class Cells {
    private Cells() {}

    /** Whether the cell says that there is no value. */
    static boolean isMissing(String cell) {
        return cell.isEmpty()
                || cell.equalsIgnoreCase("nan")
                || cell.equalsIgnoreCase("na")
                || cell.equalsIgnoreCase("n/a")
                || cell.equalsIgnoreCase("null");
    }

    /** Whether the cell is a finite decimal number. */
    static boolean isNumber(String cell) {
        return !Double.isNaN(number(cell));
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
