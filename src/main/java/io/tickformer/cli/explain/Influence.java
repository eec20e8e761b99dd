package io.tickformer.cli.explain;

import java.util.Arrays;

/**
 * How strongly forecasts depend on each tick of the context, by age. Element 0 is the newest tick,
 * at which the forecast is issued.
 *
 * @param byAge T mean absolute derivatives, at least zero: change of the forecast per change of the
 *     tick's value
 */
record Influence(double[] byAge) {

    /** The sum over all ticks. */
    double total() {
        double total = 0;
        for (double each : byAge) {
            total += each;
        }
        return total;
    }

    /**
     * The smallest number of newest ticks that hold a share of the total influence; 0 if the total
     * is 0.
     *
     * @param share in (0, 1)
     */
    int ticksHolding(double share) {
        double total = total();
        double held = 0;
        for (int age = 0; age < byAge.length && total > 0; age++) {
            held += byAge[age];
            if (held >= share * total) {
                return age + 1;
            }
        }
        return 0;
    }

    /** The number of newest ticks beyond which every derivative is exactly zero. */
    int furthest() {
        int furthest = byAge.length;
        while (furthest > 0 && byAge[furthest - 1] == 0) {
            furthest--;
        }
        return furthest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Influence that && Arrays.equals(byAge, that.byAge);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(byAge);
    }
}
