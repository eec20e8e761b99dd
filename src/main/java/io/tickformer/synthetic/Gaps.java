package io.tickformer.synthetic;

/**
 * Ticks without a value.
 *
 * @param share of the ticks that are missing one by one
 * @param runs mean number of longer gaps
 * @param longest ticks of the longest gap, at least 1
 */
record Gaps(double share, double runs, int longest) {
    static final Gaps NONE = new Gaps(0, 0, 1);

    static Gaps random(int length, Chance chance) {
        return new Gaps(
                chance.happens(0.5) ? chance.logBetween(0.001, 0.2) : 0,
                chance.happens(0.6) ? chance.between(0.5, 4) : 0,
                Math.max(1, length / 20));
    }

    /** Puts NaN where a tick is missing; the first and the last never are. */
    void apply(double[] values, Chance chance) {
        double first = values[0];
        double last = values[values.length - 1];
        if (share > 0) {
            for (int i = 0; i < values.length; i++) {
                if (chance.happens(share)) {
                    values[i] = Double.NaN;
                }
            }
        }
        long count = chance.poisson(runs);
        for (long run = 0; run < count; run++) {
            int from = chance.integer(0, values.length - 1);
            int end = Math.min(values.length, from + chance.integer(1, longest));
            for (int i = from; i < end; i++) {
                values[i] = Double.NaN;
            }
        }
        values[0] = first;
        values[values.length - 1] = last;
    }
}
