package io.tickformer.synthetic;

/**
 * A trend with standard deviation 1, or a constant.
 *
 * @param kind its form
 */
record Trend(Kind kind) implements Ingredient {
    private static final int MOST_BENDS = 4;

    /** Forms of a trend. */
    enum Kind {
        LINE,
        /** Piecewise linear with different slopes. */
        BENT,
        /** Growth proportional to the level. */
        EXPONENTIAL,
        /** Growth up to a limit. */
        LOGISTIC
    }

    static Trend random(SeriesRandom chance) {
        return new Trend(Kind.values()[chance.choose(0.35, 0.35, 0.1, 0.2)]);
    }

    @Override
    public double[] draw(int length, SeriesRandom chance) {
        double[] curve =
                switch (kind) {
                    case LINE -> bent(length, 0, chance);
                    case BENT -> bent(length, chance.integer(1, MOST_BENDS), chance);
                    case EXPONENTIAL -> exponential(length, chance);
                    case LOGISTIC -> logistic(length, chance);
                };
        return CurveMath.standardise(curve);
    }

    private static double[] bent(int length, int bends, SeriesRandom chance) {
        boolean[] bend = new boolean[length];
        for (int i = 0; i < bends; i++) {
            bend[chance.integer(0, length - 1)] = true;
        }
        double[] curve = new double[length];
        double slope = chance.normal();
        double level = 0;
        for (int i = 0; i < length; i++) {
            if (bend[i]) {
                slope = chance.happens(0.3) ? 0 : chance.normal();
            }
            level += slope;
            curve[i] = level;
        }
        return curve;
    }

    private static double[] exponential(int length, SeriesRandom chance) {
        double growth = chance.sign() * chance.logBetween(0.5, 4) / length;
        int sign = chance.sign();
        double[] curve = new double[length];
        for (int i = 0; i < length; i++) {
            curve[i] = sign * Math.exp(growth * i);
        }
        return curve;
    }

    private static double[] logistic(int length, SeriesRandom chance) {
        double middle = chance.between(0.1, 0.9) * length;
        double slowness = chance.logBetween(0.02, 0.3) * length;
        int sign = chance.sign();
        double[] curve = new double[length];
        for (int i = 0; i < length; i++) {
            curve[i] = sign / (1 + Math.exp((middle - i) / slowness));
        }
        return curve;
    }
}
