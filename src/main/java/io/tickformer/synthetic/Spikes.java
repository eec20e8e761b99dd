package io.tickformer.synthetic;

/**
 * Values far from the rest that come at random or on time, and fade.
 *
 * @param interval mean ticks from one to the next
 * @param regular whether they come on time, as a nightly job does
 * @param memory share of a spike that is left a tick later, below 1
 * @param bothWays whether some point down
 */
record Spikes(double interval, boolean regular, double memory, boolean bothWays)
        implements Ingredient {
    /** Above this many mean heights a spike is cut. */
    private static final double HIGHEST = 8;

    /** Spikes at random, or on time every so many ticks. */
    static Spikes random(double period, Chance chance) {
        boolean regular = chance.happens(0.35);
        return new Spikes(
                regular ? period : chance.logBetween(12, 500),
                regular,
                chance.happens(0.5) ? chance.between(0, 0.85) : 0,
                chance.happens(0.25));
    }

    @Override
    public double[] draw(int length, Chance chance) {
        double[] curve = new double[length];
        double due = chance.between(0, interval);
        double level = 0;
        for (int i = 0; i < length; i++) {
            level *= memory;
            boolean comes = regular ? i >= due : chance.happens(1 / interval);
            if (comes) {
                due += interval;
                // On time they are much alike, at random they are not.
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
