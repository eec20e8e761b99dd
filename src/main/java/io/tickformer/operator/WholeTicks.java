package io.tickformer.operator;

import io.tickformer.event.TickAggregate;
import java.io.Serializable;
import java.time.Instant;

/**
 * Which ticks a job reads from their beginning. Reading may begin in the middle of a tick: at the
 * newest offset, at a time, or where older records are deleted already. Of a tick that began before
 * only a part is read, and a sum or a count of a part says nothing of the whole. So its readings
 * are not taken, by an aggregate that {@link TickAggregate#needsWholeTick needs the whole}; by
 * others they are.
 *
 * <p>A job that goes on from a checkpoint goes on reading where it stopped, and keeps what it began
 * with.
 *
 * @param partialBefore the event time at which reading began, in milliseconds: a tick that starts
 *     before it is read in part; {@link Long#MIN_VALUE} where every tick is read from its beginning
 * @param beginsWithTasks whether reading begins when the tasks of the job start, at that time or
 *     later
 */
public record WholeTicks(long partialBefore, boolean beginsWithTasks) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Every tick is read from its beginning. */
    public static final WholeTicks ALL = new WholeTicks(Long.MIN_VALUE);

    /** Ticks that start at or after the time at which reading begins. */
    public WholeTicks(long partialBefore) {
        this(partialBefore, false);
    }

    /** Ticks that start after the tasks of a job have, which reads what is newest from then on. */
    public static WholeTicks ofNewest(Instant submitted) {
        return new WholeTicks(submitted.toEpochMilli(), true);
    }

    /** These, now that the tasks start. */
    WholeTicks startedAt(long millis) {
        return beginsWithTasks ? and(new WholeTicks(millis)) : this;
    }

    /** Those that are whole by both. */
    public WholeTicks and(WholeTicks other) {
        return partialBefore >= other.partialBefore ? this : other;
    }

    /** Whether readings of a tick are taken. */
    boolean takes(long tick, long tickMillis, TickAggregate aggregate) {
        return !aggregate.needsWholeTick() || tick >= first(tickMillis);
    }

    /** The first tick that is read from its beginning. */
    long first(long tickMillis) {
        return partialBefore == Long.MIN_VALUE
                ? Long.MIN_VALUE
                : -Math.floorDiv(-partialBefore, tickMillis);
    }
}
