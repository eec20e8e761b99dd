package io.tickformer.lab.chaos;

import java.time.Instant;

/**
 * A fault and what came after.
 *
 * @param fault the fault
 * @param atSeconds when it happened, from the first forecast
 * @param killedAt when it happened, on the wall clock that times of issue are of
 * @param seconds from the kill until a forecast issued after it was visible to a {@code
 *     read_committed} consumer; NaN if none was in time
 */
record Recovery(Fault fault, double atSeconds, Instant killedAt, double seconds) {
    Recovery after(double recoverySeconds) {
        return new Recovery(fault, atSeconds, killedAt, recoverySeconds);
    }
}
