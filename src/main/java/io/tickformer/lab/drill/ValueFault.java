package io.tickformer.lab.drill;

import java.util.SplittableRandom;

/** What goes wrong with the values of a series. */
@FunctionalInterface
interface ValueFault {
    /**
     * Does it to a series.
     *
     * @param end the first tick that is not sent any more
     * @param chance the draws of this case and series
     */
    Specimen strike(DrillGrid grid, Subject subject, int end, SplittableRandom chance);
}
