package io.tickformer.operator;

import io.tickformer.annotation.Internal;
import io.tickformer.event.TickAggregate;
import java.io.Serializable;
import java.time.Instant;

/**
 * Selects the ticks that a job reads from their beginning. A job may start to read in the middle of
 * a tick: at the newest offset, at a given time, or at the oldest record that is not deleted. A sum
 * or a count of a part of a tick is wrong. So readings of such a tick are not used if the aggregate
 * {@link TickAggregate#needsWholeTick needs the whole tick}.
 *
 * <p>A job that continues from a checkpoint keeps the selection it started with.
 *
 * @param partialBefore the event time at which reading started, in milliseconds: a tick that starts
 *     before it is read in part; {@link Long#MIN_VALUE} if every tick is read from its beginning
 * @param beginsWithTasks whether reading starts when the tasks of the job start, at that time or
 *     later
 */
@Internal
public record PartlyReadTickFilter(long partialBefore, boolean beginsWithTasks)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Every tick is read from its beginning. */
    public static final PartlyReadTickFilter ALL = new PartlyReadTickFilter(Long.MIN_VALUE);

    /** Ticks that start at or after the time at which reading starts. */
    public PartlyReadTickFilter(long partialBefore) {
        this(partialBefore, false);
    }

    /** Ticks that start after the tasks of a job that reads from the newest offsets. */
    public static PartlyReadTickFilter ofNewest(Instant submitted) {
        return new PartlyReadTickFilter(submitted.toEpochMilli(), true);
    }

    /** This selection once the tasks have started. */
    PartlyReadTickFilter startedAt(long millis) {
        return beginsWithTasks ? and(new PartlyReadTickFilter(millis)) : this;
    }

    /** The ticks that both select. */
    public PartlyReadTickFilter and(PartlyReadTickFilter other) {
        return partialBefore >= other.partialBefore ? this : other;
    }

    /** Whether readings of a tick are used. */
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
