package io.tickformer.kafka.source;

import java.time.Clock;

/**
 * What the partitions of one subtask of the source have in common: a clock that never goes back,
 * and whether the subtask is busy with records that were written some time ago, so that a partition
 * of which nothing comes may only be waiting its turn. For one thread.
 */
final class SubtaskReadState {
    /** A record that is read so soon after it was written has nothing old behind it. */
    static final long FRESH_MILLIS = 1_000;

    /** As many as a consumer returns at a time. */
    private static final int MANY = 500;

    private static final long NEVER = Long.MIN_VALUE;

    private final Clock clock;
    private long now = Long.MIN_VALUE;
    private long firstRead = NEVER;
    private long second = NEVER;
    private int oldInSecond;
    private int oldInSecondBefore;

    SubtaskReadState(Clock clock) {
        this.clock = clock;
    }

    /** The time, in milliseconds since the epoch. */
    long now() {
        now = Math.max(now, clock.millis());
        return now;
    }

    /** Takes note of a record, and whether it was read soon after it was written. */
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

    /** Whether the subtask has just read many records that were written before. */
    boolean isBusy() {
        turnTo(now() / 1_000);
        return Math.max(oldInSecond, oldInSecondBefore) >= MANY;
    }

    /** Whether a record was read, of any partition, so long ago or longer. */
    boolean hasReadFor(long millis) {
        return firstRead != NEVER && now() - firstRead >= millis;
    }
}
