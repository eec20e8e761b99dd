package io.tickformer.lab.drill;

import java.util.List;
import java.util.SplittableRandom;

/** A fault of the transmission of readings. */
@FunctionalInterface
interface TransmissionFault {
    /**
     * Returns how a reading is sent: not at all, once, or several times.
     *
     * @param chance random generator of the case; called in the order of the readings
     */
    List<SentReading> send(Reading reading, DrillGrid grid, SplittableRandom chance);
}
