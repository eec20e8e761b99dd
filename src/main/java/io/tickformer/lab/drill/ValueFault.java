package io.tickformer.lab.drill;

import java.util.SplittableRandom;

/** A fault of the values of a series. */
@FunctionalInterface
interface ValueFault {
    /**
     * Applies the fault to a series.
     *
     * @param end the first tick that is not sent
     * @param chance random generator of this case and series
     */
    SeriesPair strike(DrillGrid grid, CleanSeries subject, int end, SplittableRandom chance);
}
