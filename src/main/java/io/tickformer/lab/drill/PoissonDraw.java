package io.tickformer.lab.drill;

import java.util.SplittableRandom;

/** Draws from the Poisson distribution. */
final class PoissonDraw {
    private PoissonDraw() {}

    /**
     * A number of events with the given mean (Knuth). Each event costs one random number, so use it
     * for small means.
     */
    static int poisson(double mean, SplittableRandom chance) {
        double limit = Math.exp(-mean);
        double product = chance.nextDouble();
        int events = 0;
        while (product > limit) {
            product *= chance.nextDouble();
            events++;
        }
        return events;
    }
}
