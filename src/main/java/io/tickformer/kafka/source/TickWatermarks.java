package io.tickformer.kafka.source;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Emits the watermarks that make a difference: those by which a tick ends. So the record that ends
 * a tick emits its watermark at once.
 *
 * <p>Between two such points a watermark would change nothing and cost a message to every subtask.
 */
final class TickWatermarks {
    private final long tickMillis;
    private long emitted = Long.MIN_VALUE;

    /** The least watermark that makes a difference. */
    private long due = Long.MIN_VALUE;

    /**
     * @param tickMillis length of a tick
     */
    TickWatermarks(long tickMillis) {
        this.tickMillis = tickMillis;
    }

    /** Emits the watermark if it makes a difference to those before, and returns whether it did. */
    boolean reach(long watermark, WatermarkOutput output) {
        if (watermark < due) {
            return false;
        }
        emitted = watermark;
        due = lastMilliAfter(watermark);
        output.emitWatermark(new Watermark(watermark));
        return true;
    }

    /** The first time after the given one that is a tick's last millisecond. */
    private long lastMilliAfter(long time) {
        return time + tickMillis - Math.floorMod(time + 1, tickMillis);
    }

    /** Emits the last watermark once more: Flink then knows that the partition is not idle. */
    void repeat(WatermarkOutput output) {
        if (emitted != Long.MIN_VALUE) {
            output.emitWatermark(new Watermark(emitted));
        }
    }
}
