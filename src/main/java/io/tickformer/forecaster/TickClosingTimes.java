package io.tickformer.forecaster;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Tick;
import java.io.Serializable;

/**
 * The tick grid in event time, and the rules for when a tick is over. Serialized with the job
 * graph.
 *
 * @param tickMillis length of a tick; positive
 * @param outOfOrdernessMillis by how much the readings of a series may come out of order
 * @param readings number of readings of each channel that complete a tick; 0 if it is not known
 */
@Internal
public record TickClosingTimes(long tickMillis, long outOfOrdernessMillis, int readings)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public TickClosingTimes {
        if (tickMillis < 1 || outOfOrdernessMillis < 0 || readings < 0) {
            throw new IllegalArgumentException(
                    ("ticks of %d ms, out of order by %d ms, with %d readings; expected at least 1"
                                    + " ms, and nothing negative")
                            .formatted(tickMillis, outOfOrdernessMillis, readings));
        }
    }

    /** The tick that contains a time. */
    public long indexOf(long millis) {
        return Tick.indexOf(millis, tickMillis);
    }

    /** The last millisecond of a tick. */
    public long end(long index) {
        return (index + 1) * tickMillis - 1;
    }

    /** The newest tick that has ended at a watermark; {@link Long#MIN_VALUE} before the first. */
    public long lastEnded(long watermark) {
        if (watermark == Long.MIN_VALUE || watermark == Long.MAX_VALUE) {
            return watermark;
        }
        return Math.floorDiv(watermark + 1, tickMillis) - 1;
    }

    /**
     * The newest tick that the watermark will end soon: a reading in order is at most the
     * out-of-orderness ahead of the watermark; one tick more is allowed.
     */
    public long lastAwaited(long watermark) {
        if (watermark == Long.MIN_VALUE || watermark == Long.MAX_VALUE) {
            return watermark;
        }
        return Math.floorDiv(watermark + 1 + outOfOrdernessMillis, tickMillis) + 1;
    }

    /**
     * Whether the readings of a tick wait in its window until the watermark passes its end.
     * Readings of any other tick are emitted one by one.
     */
    public boolean mayWait(long index, long watermark) {
        return readings == 0 && index > lastEnded(watermark) && index <= lastAwaited(watermark);
    }

    /** The end of the first tick that has not ended at a watermark. */
    long endAfter(long watermark) {
        return watermark >= Long.MAX_VALUE - tickMillis
                ? Long.MAX_VALUE
                : end(lastEnded(watermark) + 1);
    }
}
