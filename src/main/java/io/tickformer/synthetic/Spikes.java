package io.tickformer.synthetic;

/**
 * Random or periodic spikes that decay.
 *
 * @param interval mean ticks between spikes
 * @param regular whether they are periodic, as with a nightly job
 * @param memory share of a spike that remains one tick later, below 1
 * @param bothWays whether some spikes are negative
 */
record Spikes(double interval, boolean regular, double memory, boolean bothWays)
        implements Ingredient {
    /** Spikes are clipped at this many mean heights. */
    private static final double HIGHEST = 8;

    /** Random spikes, or periodic ones with the given period. */
    static Spikes random(double period, SeriesRandom chance) {
        boolean regular = chance.happens(0.35);
        return new Spikes(
                regular ? period : chance.logBetween(12, 500),
                regular,
                chance.happens(0.5) ? chance.between(0, 0.85) : 0,
                chance.happens(0.25));
    }

    @Override
    public double[] draw(int length, SeriesRandom chance) {
        double[] curve = new double[length];
        double due = chance.between(0, interval);
        double level = 0;
        for (int i = 0; i < length; i++) {
            level *= memory;
            boolean comes = regular ? i >= due : chance.happens(1 / interval);
            if (comes) {
                due += interval;
                // Periodic spikes are similar to each other, random ones are not.
                double height =
                        regular
                                ? Math.exp(0.2 * chance.normal())
                                : Math.min(HIGHEST, Math.exp(0.6 * chance.normal()));
                level += bothWays ? chance.sign() * height : height;
            }
            curve[i] = level;
        }
        return curve;
    }
}
