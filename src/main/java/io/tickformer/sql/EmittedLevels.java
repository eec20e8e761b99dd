package io.tickformer.sql;

import io.tickformer.annotation.Nullable;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.spec.ForecastSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The quantile levels that rows show: the two ends of an interval, and those asked for by name.
 *
 * @param selected all of them, ascending; what forecasts are asked for
 * @param lower position among them of the lower end of the interval
 * @param upper position of its upper end
 * @param listed positions of the levels asked for by name
 */
record EmittedLevels(List<Double> selected, int lower, int upper, List<Integer> listed)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The confidence of the interval if a statement does not say one and the model has it. */
    static final double DEFAULT_CONFIDENCE = 0.95;

    /** Levels closer than this are the same level. */
    private static final double SAME_LEVEL = 1e-9;

    /**
     * Finds levels among those of a model.
     *
     * @param confidence the probability of the interval; null for {@value #DEFAULT_CONFIDENCE} or,
     *     if the model lacks it, the widest interval it has
     * @param asked levels asked for by name
     * @throws SqlArgumentException if the model lacks a level
     */
    static EmittedLevels of(ForecastSpec spec, @Nullable Double confidence, List<Double> asked) {
        List<Double> known = spec.quantileLevels();
        double wanted = confidence == null ? defaultConfidence(known) : confidence;
        double lower = find((1 - wanted) / 2, known);
        double upper = find((1 + wanted) / 2, known);
        if (Double.isNaN(lower) || Double.isNaN(upper) || wanted <= 0) {
            throw SqlArgumentException.of(
                    "confidence",
                    wanted,
                    "one of %s: the model forecasts the quantile levels %s"
                            .formatted(confidences(known), known));
        }
        TreeSet<Double> selected = new TreeSet<>(List.of(lower, upper));
        List<Double> named = new ArrayList<>();
        for (double level : asked) {
            double found = find(level, known);
            if (Double.isNaN(found)) {
                throw SqlArgumentException.of("quantile_levels", asked, "some of " + known);
            }
            named.add(found);
        }
        selected.addAll(named);
        List<Double> all = List.copyOf(selected);
        return new EmittedLevels(
                all,
                all.indexOf(lower),
                all.indexOf(upper),
                named.stream().map(all::indexOf).toList());
    }

    private static double defaultConfidence(List<Double> known) {
        List<Double> possible = confidences(known);
        if (possible.isEmpty()) {
            throw new SqlArgumentException(
                    "the model has no interval: it forecasts the quantile levels " + known);
        }
        for (double confidence : possible) {
            if (Math.abs(confidence - DEFAULT_CONFIDENCE) < SAME_LEVEL) {
                return confidence;
            }
        }
        return possible.get(possible.size() - 1);
    }

    /** The confidences that pairs of the model's levels have, ascending. */
    private static List<Double> confidences(List<Double> known) {
        List<Double> confidences = new ArrayList<>();
        for (int i = known.size() - 1; i >= 0; i--) {
            double level = known.get(i);
            if (level < 0.5 && !Double.isNaN(find(1 - level, known))) {
                confidences.add(Math.round((1 - 2 * level) * 1e9) / 1e9);
            }
        }
        return confidences;
    }

    private static double find(double level, List<Double> known) {
        for (double each : known) {
            if (Math.abs(each - level) < SAME_LEVEL) {
                return each;
            }
        }
        return Double.NaN;
    }

    /** What forecasts are asked for. */
    ForecastSelection selection(int horizon) {
        return new ForecastSelection(horizon, selected);
    }

    /** The name of a column: {@code q10} for 0.1, {@code q2_5} for 0.025. */
    static String column(double level) {
        String percent = Double.toString(Math.round(level * 1e9) / 1e7);
        return "q"
                + (percent.endsWith(".0") ? percent.substring(0, percent.length() - 2) : percent)
                        .replace('.', '_');
    }

    /** The level asked for at a position of {@link #listed}. */
    double listedLevel(int index) {
        return selected.get(listed.get(index));
    }
}
