package io.tickformer.lab.chaos;

import io.tickformer.process.JavaProcess;
import java.time.Duration;

/** Restarts a process whenever it ends, as a supervisor does. Not thread-safe. */
final class SupervisedProcess {
    /** Delay before the restart of a process that ended by itself. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private JavaProcess process;
    private boolean down;
    private long startAt;
    private int unplannedEnds;

    SupervisedProcess(JavaProcess process) {
        this.process = process;
    }

    boolean isAlive() {
        return !down && process.isAlive();
    }

    /** Kills the process. It restarts after the given time. */
    void kill(long now, Duration downtime) {
        process.kill();
        down = true;
        startAt = now + downtime.toNanos();
    }

    /** Restarts the process if it is down and the restart is due. */
    void keep(long now) {
        if (!down && !process.isAlive()) {
            unplannedEnds++;
            down = true;
            startAt = now + PAUSE.toNanos();
        }
        if (down && now - startAt >= 0) {
            process = process.again();
            down = false;
        }
    }

    /** How often the process ended without being killed. */
    int unplannedEnds() {
        return unplannedEnds;
    }

    /** Ends the process for good. */
    void end() {
        process.kill();
    }
}
