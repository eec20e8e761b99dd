package io.tickformer.kafka.source;

import java.time.Clock;

/**
 * State shared by the partitions of one source subtask: a clock that never goes back, and whether
 * the subtask is busy with old records. While it is busy, a partition without records may just be
 * waiting for its turn. Not thread-safe.
 */
final class SubtaskActivity {
    /**
     * A record that is read within this time after it was written is fresh: the partition has no
     * backlog.
     */
    static final long FRESH_MILLIS = 1_000;

    /** The number of records that a consumer returns in one poll. */
    private static final int MANY = 500;

    private static final long NEVER = Long.MIN_VALUE;

    private final Clock clock;
    private long now = Long.MIN_VALUE;
    private long firstRead = NEVER;
    private long second = NEVER;
    private int oldInSecond;
    private int oldInSecondBefore;

    SubtaskActivity(Clock clock) {
        this.clock = clock;
    }

    /** The time, in milliseconds since the epoch. */
    long now() {
        now = Math.max(now, clock.millis());
        return now;
    }

    /** Registers a record, and whether it was read soon after it was written. */
    void read(long now, boolean fresh) {
        if (firstRead == NEVER) {
            firstRead = now;
        }
        if (!fresh) {
            turnTo(now / 1_000);
            oldInSecond++;
        }
    }

    private void turnTo(long thisSecond) {
        if (thisSecond != second) {
            oldInSecondBefore = thisSecond == second + 1 ? oldInSecond : 0;
            oldInSecond = 0;
            second = thisSecond;
        }
    }

    /** Returns whether the subtask has just read many old records. */
    boolean isBusy() {
        turnTo(now() / 1_000);
        return Math.max(oldInSecond, oldInSecondBefore) >= MANY;
    }

    /** Returns whether the first record of any partition was read at least this long ago. */
    boolean hasReadFor(long millis) {
        return firstRead != NEVER && now() - firstRead >= millis;
    }
}
