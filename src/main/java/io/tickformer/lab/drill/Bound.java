package io.tickformer.lab.drill;

import java.util.ArrayList;
import java.util.List;

/**
 * Upper bounds for a case. In addition, no expected forecast may be missing.
 *
 * @param errorRatio maximum ratio of the error to that on the clean series
 * @param naiveRatio maximum ratio of the error to that of naive on the same series
 * @param difference maximum difference from the forecasts of the clean series, in spreads
 */
record Bound(double errorRatio, double naiveRatio, double difference) {
    private static final double ANY = Double.POSITIVE_INFINITY;

    /** No bound, except that no forecast may be missing. */
    static final Bound NONE = new Bound(ANY, ANY, ANY);

    static Bound error(double ratio) {
        return new Bound(ratio, ANY, ANY);
    }

    static Bound naive(double ratio) {
        return new Bound(ANY, ratio, ANY);
    }

    static Bound difference(double spreads) {
        return new Bound(ANY, ANY, spreads);
    }

    /** The broken bounds in words; empty if there are none. */
    String broken(CaseScore score) {
        List<String> broken = new ArrayList<>();
        if (exceeds(score.errorRatio(), errorRatio)) {
            broken.add("error > " + errorRatio);
        }
        if (exceeds(score.naiveRatio(), naiveRatio)) {
            broken.add("error > %s x naive".formatted(naiveRatio));
        }
        if (exceeds(score.difference(), difference)) {
            broken.add("differs by > " + difference);
        }
        if (score.missing() > 0) {
            broken.add("forecasts missing");
        }
        if (score.repeated() > 0) {
            broken.add("forecasts twice");
        }
        return String.join(", ", broken);
    }

    /** Whether a value exceeds a bound. NaN exceeds every bound. */
    private static boolean exceeds(double value, double bound) {
        return bound != ANY && !(value <= bound);
    }
}
