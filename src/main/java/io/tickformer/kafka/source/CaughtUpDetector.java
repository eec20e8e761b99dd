package io.tickformer.kafka.source;

import org.apache.flink.util.clock.RelativeClock;

/**
 * Tells whether a partition is caught up, from its records alone: the consumer does not report its
 * lag here. A partition is caught up if its last record was read right after it was written, or if
 * no record has come for a second although the consumer polled. A partition with old records only
 * never counts as caught up: it may be refilled. Not thread-safe.
 */
final class CaughtUpDetector {
    private static final long QUIET_NANOS = 1_000_000_000L;
    private static final long PRESENT_MILLIS = 3_600_000L;
    private static final int PRESENT_TICKS = 3;

    private final SubtaskActivity subtask;
    private final RelativeClock activity;
    private final boolean followsClock;
    private final long presentMillis;
    private long writtenUntil = Long.MIN_VALUE;
    private long readAt = Long.MIN_VALUE;
    private long readAtActivity;
    private boolean fresh;

    /**
     * @param activity clock that runs while the partition is polled and not paused
     * @param followsClock whether Kafka timestamps ahead of the clock are capped at the clock
     */
    CaughtUpDetector(
            SubtaskActivity subtask,
            RelativeClock activity,
            boolean followsClock,
            long tickMillis) {
        this.subtask = subtask;
        this.activity = activity;
        this.followsClock = followsClock;
        this.presentMillis = Math.max(PRESENT_MILLIS, PRESENT_TICKS * tickMillis);
    }

    /** Registers a record by its Kafka timestamp, which is negative if it has none. */
    void read(long writtenMillis) {
        readAt = subtask.now();
        readAtActivity = activity.relativeTimeNanos();
        long written = writtenMillis < 0 ? readAt : writtenMillis;
        fresh = readAt - written <= SubtaskActivity.FRESH_MILLIS;
        writtenUntil = Math.max(writtenUntil, followsClock ? Math.min(written, readAt) : written);
        subtask.read(readAt, fresh);
    }

    /** The latest Kafka timestamp so far. */
    long writtenUntil() {
        return writtenUntil;
    }

    /** Returns whether all records of the partition have been read. */
    boolean isCaughtUp() {
        if (readAt == Long.MIN_VALUE || readAt - writtenUntil > presentMillis) {
            return false;
        }
        if (fresh && subtask.now() - readAt <= SubtaskActivity.FRESH_MILLIS) {
            return true;
        }
        return activity.relativeTimeNanos() - readAtActivity >= QUIET_NANOS && !subtask.isBusy();
    }
}
