package io.tickformer.lab.chaos;

import java.time.Instant;

/**
 * A fault and the recovery from it.
 *
 * @param fault the fault
 * @param atSeconds time of the fault since the first forecast
 * @param killedAt wall-clock time of the fault, comparable with times of issue
 * @param seconds time from the kill until a {@code read_committed} consumer saw a forecast issued
 *     after it; NaN if none arrived in time
 */
record Recovery(Fault fault, double atSeconds, Instant killedAt, double seconds) {
    Recovery after(double recoverySeconds) {
        return new Recovery(fault, atSeconds, killedAt, recoverySeconds);
    }
}
