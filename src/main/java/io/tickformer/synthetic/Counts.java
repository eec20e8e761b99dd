package io.tickformer.synthetic;

/**
 * Counts with a varying rate, such as calls, orders or requests.
 *
 * @param rate shape of the log rate, with standard deviation about 1
 * @param mean typical count
 * @param strength amplitude of the log rate
 * @param dispersion excess variance: 0 for Poisson counts, otherwise the variance is {@code mean +
 *     dispersion * mean^2} at each tick
 */
record Counts(Ingredient rate, double mean, double strength, double dispersion)
        implements Ingredient {
    /** The rate is clipped to this many standard deviations. */
    private static final double FURTHEST = 4;

    static Counts random(Ingredient rate, SeriesRandom chance) {
        return new Counts(
                rate,
                chance.logBetween(0.3, 500),
                chance.between(0.2, 1),
                chance.happens(0.6) ? chance.logBetween(0.01, 1) : 0);
    }

    @Override
    public double[] draw(int length, SeriesRandom chance) {
        double[] curve = CurveMath.standardise(rate.draw(length, chance));
        for (int i = 0; i < length; i++) {
            double bounded = Math.max(-FURTHEST, Math.min(FURTHEST, curve[i]));
            double now = mean * Math.exp(strength * bounded);
            if (dispersion > 0) {
                now *= chance.gamma(1 / dispersion) * dispersion;
            }
            curve[i] = chance.poisson(now);
        }
        return curve;
    }
}
