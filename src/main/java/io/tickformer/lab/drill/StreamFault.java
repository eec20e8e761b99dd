package io.tickformer.lab.drill;

import java.util.List;
import java.util.SplittableRandom;

/** What goes wrong with the sending of readings. */
@FunctionalInterface
interface StreamFault {
    /**
     * How a reading is sent: not at all, once, or several times.
     *
     * @param chance the draws of this case, in the order of the readings
     */
    List<Sending> send(Reading reading, DrillGrid grid, SplittableRandom chance);
}
