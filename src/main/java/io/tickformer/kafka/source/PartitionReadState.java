package io.tickformer.kafka.source;

import org.apache.flink.util.clock.RelativeClock;

/**
 * How far a partition is read, as its records tell: there is no other word of what a consumer has
 * still to fetch. A partition is caught up where the last record was read as soon as it was
 * written, or where none has come for a second although they were asked for. A partition whose
 * records are long old is never said to be: it may be one that is filled again. For one thread.
 */
final class PartitionReadState {
    private static final long QUIET_NANOS = 1_000_000_000L;
    private static final long PRESENT_MILLIS = 3_600_000L;
    private static final int PRESENT_TICKS = 3;

    private final SubtaskReadState subtask;
    private final RelativeClock activity;
    private final boolean followsClock;
    private final long presentMillis;
    private long writtenUntil = Long.MIN_VALUE;
    private long readAt = Long.MIN_VALUE;
    private long readAtActivity;
    private boolean fresh;

    /**
     * @param activity runs while records of the partition are asked for
     * @param followsClock whether Kafka timestamps ahead of the clock are taken for the clock's
     */
    PartitionReadState(
            SubtaskReadState subtask,
            RelativeClock activity,
            boolean followsClock,
            long tickMillis) {
        this.subtask = subtask;
        this.activity = activity;
        this.followsClock = followsClock;
        this.presentMillis = Math.max(PRESENT_MILLIS, PRESENT_TICKS * tickMillis);
    }

    /** Takes note of a record with that Kafka timestamp; negative where it has none. */
    void read(long writtenMillis) {
        readAt = subtask.now();
        readAtActivity = activity.relativeTimeNanos();
        long written = writtenMillis < 0 ? readAt : writtenMillis;
        fresh = readAt - written <= SubtaskReadState.FRESH_MILLIS;
        writtenUntil = Math.max(writtenUntil, followsClock ? Math.min(written, readAt) : written);
        subtask.read(readAt, fresh);
    }

    /** The latest Kafka timestamp that was read. */
    long writtenUntil() {
        return writtenUntil;
    }

    /** Whether there is nothing left to read. */
    boolean isCaughtUp() {
        if (readAt == Long.MIN_VALUE || readAt - writtenUntil > presentMillis) {
            return false;
        }
        if (fresh && subtask.now() - readAt <= SubtaskReadState.FRESH_MILLIS) {
            return true;
        }
        return activity.relativeTimeNanos() - readAtActivity >= QUIET_NANOS && !subtask.isBusy();
    }
}
