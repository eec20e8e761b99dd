package io.tickformer.lab.drill;

import java.util.SplittableRandom;

/** Random draws of more than one kind of case. */
final class Draws {
    private Draws() {}

    /** A number of events, so many on average; few, as it takes a draw for each (Knuth). */
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
