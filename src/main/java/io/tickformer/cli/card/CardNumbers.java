package io.tickformer.cli.card;

import java.util.List;
import java.util.Locale;

/** Formats numbers for a model card, independent of the locale. */
final class CardNumbers {
    private static final String BARS = "▁▂▃▄▅▆▇█";

    private CardNumbers() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Four decimals, or a dash for an undefined number. */
    static String four(double number) {
        return Double.isFinite(number) ? String.format(Locale.ROOT, "%.4f", number) : "–";
    }

    /** Significant digits for a number of any size. */
    static String significant(double number) {
        boolean usual = Math.abs(number) < 1e5 && (Math.abs(number) >= 1e-3 || number == 0);
        return usual || !Double.isFinite(number)
                ? four(number)
                : String.format(Locale.ROOT, "%.3e", number);
    }

    static String percent(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.2f%%", 100 * share) : "–";
    }

    /** A sparkline of at most this many bars, scaled from the minimum to the maximum. */
    static String sparkline(List<Double> numbers, int most) {
        List<Double> finite = numbers.stream().filter(Double::isFinite).toList();
        if (finite.isEmpty()) {
            return "–";
        }
        int bars = Math.min(most, finite.size());
        double[] means = new double[bars];
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < bars; i++) {
            int from = (int) ((long) i * finite.size() / bars);
            int to = (int) ((long) (i + 1) * finite.size() / bars);
            for (int k = from; k < to; k++) {
                means[i] += finite.get(k) / (to - from);
            }
            least = Math.min(least, means[i]);
            greatest = Math.max(greatest, means[i]);
        }
        StringBuilder line = new StringBuilder();
        for (double mean : means) {
            double height = greatest > least ? (mean - least) / (greatest - least) : 0;
            line.append(BARS.charAt((int) Math.round(height * (BARS.length() - 1))));
        }
        return line.toString();
    }
}
