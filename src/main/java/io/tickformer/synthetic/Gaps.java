package io.tickformer.synthetic;

/**
 * Missing ticks.
 *
 * @param share share of single missing ticks
 * @param runs mean number of longer gaps
 * @param longest length of the longest gap in ticks, at least 1
 */
record Gaps(double share, double runs, int longest) {
    static final Gaps NONE = new Gaps(0, 0, 1);

    static Gaps random(int length, SeriesRandom chance) {
        return new Gaps(
                chance.happens(0.5) ? chance.logBetween(0.001, 0.2) : 0,
                chance.happens(0.6) ? chance.between(0.5, 4) : 0,
                Math.max(1, length / 20));
    }

    /** Sets missing ticks to NaN; the first and the last are never missing. */
    void apply(double[] values, SeriesRandom chance) {
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
