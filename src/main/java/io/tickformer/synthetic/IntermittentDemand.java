package io.tickformer.synthetic;

/**
 * Mostly zero with occasional small numbers: spare parts, rare events.
 *
 * @param share mean share of ticks with a demand
 * @param size mean size of a demand, at least 1
 * @param season shape of the log probability of a demand; null for a constant one
 */
record IntermittentDemand(double share, double size, Ingredient season) implements Ingredient {
    private static final double SEASON_STRENGTH = 0.8;
    private static final double SPREAD = 2;

    static IntermittentDemand random(double period, SeriesRandom chance) {
        return new IntermittentDemand(
                chance.logBetween(0.02, 0.6),
                chance.logBetween(1, 20),
                chance.happens(0.6) ? Seasonality.random(period, chance) : null);
    }

    @Override
    public double[] draw(int length, SeriesRandom chance) {
        double[] odds = season == null ? new double[length] : season.draw(length, chance);
        double[] demand = new double[length];
        for (int i = 0; i < length; i++) {
            double likely = share * Math.exp(SEASON_STRENGTH * Math.min(3, odds[i]));
            if (chance.happens(Math.min(1, likely))) {
                double mean = (size - 1) * chance.gamma(SPREAD) / SPREAD;
                demand[i] = 1 + chance.poisson(mean);
            }
        }
        return demand;
    }
}
