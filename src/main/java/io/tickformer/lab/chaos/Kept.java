package io.tickformer.lab.chaos;

import io.tickformer.process.JavaProcess;
import java.time.Duration;

/**
 * A process that is started again, as it was, whenever it ends, as a supervisor does. For one
 * thread.
 */
final class Kept {
    /** How long one that ended by itself is left alone. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private JavaProcess process;
    private boolean down;
    private long startAt;
    private int unplannedEnds;

    Kept(JavaProcess process) {
        this.process = process;
    }

    boolean isAlive() {
        return !down && process.isAlive();
    }

    /** Kills it; it starts again after the given time. */
    void kill(long now, Duration downtime) {
        process.kill();
        down = true;
        startAt = now + downtime.toNanos();
    }

    /** Starts it again if it is down and the time has come. */
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

    /** How often it ended although nobody killed it. */
    int unplannedEnds() {
        return unplannedEnds;
    }

    /** Ends it for good. */
    void end() {
        process.kill();
    }
}
