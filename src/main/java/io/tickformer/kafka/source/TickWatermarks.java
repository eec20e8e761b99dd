package io.tickformer.kafka.source;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Emits only the watermarks that end a tick. The record that ends a tick emits its watermark at
 * once.
 *
 * <p>Any watermark between two of these would change nothing and cost a message to every subtask.
 */
final class TickWatermarks {
    private final long tickMillis;
    private long emitted = Long.MIN_VALUE;

    /** The least watermark that ends another tick. */
    private long due = Long.MIN_VALUE;

    /**
     * @param tickMillis length of a tick
     */
    TickWatermarks(long tickMillis) {
        this.tickMillis = tickMillis;
    }

    /** Emits the watermark if it ends another tick, and returns whether it did. */
    boolean reach(long watermark, WatermarkOutput output) {
        if (watermark < due) {
            return false;
        }
        emitted = watermark;
        due = lastMilliAfter(watermark);
        output.emitWatermark(new Watermark(watermark));
        return true;
    }

    /** Returns the next last millisecond of a tick after the given time. */
    private long lastMilliAfter(long time) {
        return time + tickMillis - Math.floorMod(time + 1, tickMillis);
    }

    /** Emits the last watermark again, which tells Flink that the partition is not idle. */
    void repeat(WatermarkOutput output) {
        if (emitted != Long.MIN_VALUE) {
            output.emitWatermark(new Watermark(emitted));
        }
    }
}
