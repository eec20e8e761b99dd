package io.tickformer.synthetic;

/**
 * A piecewise constant level.
 *
 * @param shifts mean number of shifts in a series
 * @param returns share of shifts that return to the previous level
 */
record LevelShifts(double shifts, double returns) implements Ingredient {
    static LevelShifts random(SeriesRandom chance) {
        return new LevelShifts(chance.logBetween(1, 12), chance.between(0, 1));
    }

    @Override
    public double[] draw(int length, SeriesRandom chance) {
        double[] curve = new double[length];
        double level = chance.normal();
        double before = level;
        for (int i = 0; i < length; i++) {
            if (chance.happens(shifts / length)) {
                double next = chance.happens(returns) ? before : level + chance.normal();
                before = level;
                level = next;
            }
            curve[i] = level;
        }
        return curve;
    }
}
