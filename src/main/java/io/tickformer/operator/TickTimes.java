package io.tickformer.operator;

import io.tickformer.event.Tick;
import java.io.Serializable;

/**
 * How ticks lie in event time, and how long they are waited for. Travels with the job to its tasks.
 *
 * @param tickMillis length of a tick; positive
 * @param outOfOrdernessMillis by how much the readings of a series may come out of order
 * @param readings a tick is over with so many readings of each channel; 0 where their number says
 *     nothing
 */
public record TickTimes(long tickMillis, long outOfOrdernessMillis, int readings)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public TickTimes {
        if (tickMillis < 1 || outOfOrdernessMillis < 0 || readings < 0) {
            throw new IllegalArgumentException(
                    ("ticks of %d ms, out of order by %d ms, with %d readings; expected at least 1"
                                    + " ms, and nothing negative")
                            .formatted(tickMillis, outOfOrdernessMillis, readings));
        }
    }

    /** The tick that a time lies in. */
    long indexOf(long millis) {
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
     * The newest tick that the watermark is about to end: a reading that comes in order is at most
     * the out-of-orderness ahead of the watermark, and the tick after it is still near.
     */
    public long lastAwaited(long watermark) {
        if (watermark == Long.MIN_VALUE || watermark == Long.MAX_VALUE) {
            return watermark;
        }
        return Math.floorDiv(watermark + 1 + outOfOrdernessMillis, tickMillis) + 1;
    }

    /**
     * Whether the readings of a tick wait in its window for the watermark to pass its end. Those of
     * any other tick are handed on one by one.
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
