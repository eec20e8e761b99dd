package io.tickformer.synthetic;

/**
 * A random walk with standard deviation 1.
 *
 * @param drift mean of a step, in standard deviations of a step
 * @param pull share of the distance to 0 that each tick takes back: 0 for a free walk, more for a
 *     mean-reverting one (Ornstein-Uhlenbeck)
 * @param momentum share of a step that the next one repeats, below 1
 */
record RandomWalk(double drift, double pull, double momentum) implements Ingredient {
    static RandomWalk random(SeriesRandom chance) {
        return new RandomWalk(
                chance.happens(0.3) ? 0.1 * chance.normal() : 0,
                chance.happens(0.6) ? chance.logBetween(0.001, 0.1) : 0,
                chance.happens(0.3) ? chance.between(0, 0.9) : 0);
    }

    @Override
    public double[] draw(int length, SeriesRandom chance) {
        double[] walk = new double[length];
        double level = 0;
        double step = 0;
        for (int i = 0; i < length; i++) {
            step = momentum * step + chance.normal();
            level += step + drift - pull * level;
            walk[i] = level;
        }
        return CurveMath.standardise(walk);
    }
}
