package io.tickformer.synthetic;

/**
 * A season whose amplitude and phase drift.
 *
 * @param period ticks in a cycle, not necessarily whole
 * @param profile the shape of a cycle
 * @param start phase of the first tick, in cycles
 * @param amplitudeDrift standard deviation of the slow variation of the log amplitude
 * @param phaseDrift standard deviation of the slow variation of the phase, in cycles
 * @param unevenness standard deviation of the log amplitude between cycles
 */
record Seasonality(
        double period,
        SeasonalCycle profile,
        double start,
        double amplitudeDrift,
        double phaseDrift,
        double unevenness)
        implements Ingredient {
    private static final double FEWEST_CYCLES = 3;
    private static final double MOST_CYCLES = 60;

    /** A random season with the given period. */
    static Seasonality random(double period, SeriesRandom chance) {
        return new Seasonality(
                period,
                SeasonalCycle.random(chance),
                chance.uniform(),
                chance.happens(0.6) ? chance.logBetween(0.03, 0.6) : 0,
                chance.happens(0.25) ? chance.logBetween(0.005, 0.15) : 0,
                chance.happens(0.5) ? chance.logBetween(0.02, 0.5) : 0);
    }

    @Override
    public double[] draw(int length, SeriesRandom chance) {
        double[] amplitude = drift(length, amplitudeDrift, chance);
        double[] phase = drift(length, phaseDrift, chance);
        double[] curve = new double[length];
        double cycle = Double.NEGATIVE_INFINITY;
        double factor = 1;
        for (int i = 0; i < length; i++) {
            double at = i / period + start + phase[i];
            if (Math.floor(at) > cycle) {
                cycle = Math.floor(at);
                factor = unevenness == 0 ? 1 : Math.exp(unevenness * chance.normal());
            }
            curve[i] = factor * Math.exp(amplitude[i]) * profile.at(at);
        }
        return curve;
    }

    private double[] drift(int length, double size, SeriesRandom chance) {
        if (size == 0) {
            return new double[length];
        }
        double slowness = period * chance.logBetween(FEWEST_CYCLES, MOST_CYCLES);
        double[] drift = GaussianProcess.slowCurve(length, slowness, chance);
        for (int i = 0; i < length; i++) {
            drift[i] *= size;
        }
        return drift;
    }
}
