package io.tickformer.synthetic;

/**
 * A walk whose steps add up, of standard deviation 1.
 *
 * @param drift mean of a step, in its standard deviations
 * @param pull share of the way back to 0 that each tick goes: 0 for a free walk, more for one that
 *     reverts (Ornstein-Uhlenbeck)
 * @param momentum share of a step that the next one repeats, below 1
 */
record RandomWalk(double drift, double pull, double momentum) implements Ingredient {
    static RandomWalk random(Chance chance) {
        return new RandomWalk(
                chance.happens(0.3) ? 0.1 * chance.normal() : 0,
                chance.happens(0.6) ? chance.logBetween(0.001, 0.1) : 0,
                chance.happens(0.3) ? chance.between(0, 0.9) : 0);
    }

    @Override
    public double[] draw(int length, Chance chance) {
        double[] walk = new double[length];
        double level = 0;
        double step = 0;
        for (int i = 0; i < length; i++) {
            step = momentum * step + chance.normal();
            level += step + drift - pull * level;
            walk[i] = level;
        }
        return Curves.standardise(walk);
    }
}
