package io.tickformer.lab.chaos;

import java.time.Duration;

/**
 * The kill of one process.
 *
 * @param number position among the faults, from 1
 * @param target the process to kill
 * @param moment the event from which the pause is counted
 * @param pause time from that event to the kill
 * @param downtime time until the process is restarted
 */
record Fault(int number, FaultTarget target, Moment moment, Duration pause, Duration downtime) {
    /** The event that a fault waits for. */
    enum Moment {
        /** The recovery from all previous faults. */
        RECOVERED,

        /** The previous fault, whether or not the job has recovered from it. */
        MEANWHILE
    }
}
