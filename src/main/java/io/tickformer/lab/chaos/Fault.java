package io.tickformer.lab.chaos;

import java.time.Duration;

/**
 * A kill of one process.
 *
 * @param number its place among the faults, from 1
 * @param target what is killed
 * @param moment what its pause is counted from
 * @param pause how long after that it happens
 * @param downtime how long the process is gone before it is started again
 */
record Fault(int number, Target target, Moment moment, Duration pause, Duration downtime) {
    /** What a fault waits for. */
    enum Moment {
        /** The recovery from all faults before it. */
        RECOVERED,

        /** The fault before it, whatever has become of that one. */
        MEANWHILE
    }
}
