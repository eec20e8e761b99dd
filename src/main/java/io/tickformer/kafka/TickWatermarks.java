package io.tickformer.kafka;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Emits the watermarks that make a difference: those by which a tick ends, or by which its
 * observations are late from then on. So the record that ends a tick emits its watermark at once.
 *
 * <p>Between two such points a watermark would change nothing and cost a message to every subtask.
 */
final class TickWatermarks {
    private final long tickMillis;
    private final long allowedLatenessMillis;
    private long emitted = Long.MIN_VALUE;

    /** The least watermark that makes a difference. */
    private long due = Long.MIN_VALUE;

    /**
     * @param tickMillis length of a tick
     * @param allowedLatenessMillis how long after its end a tick is still revised
     */
    TickWatermarks(long tickMillis, long allowedLatenessMillis) {
        this.tickMillis = tickMillis;
        this.allowedLatenessMillis = allowedLatenessMillis;
    }

    /** Emits the watermark if it makes a difference to those before, and returns whether it did. */
    boolean reach(long watermark, WatermarkOutput output) {
        if (watermark < due) {
            return false;
        }
        emitted = watermark;
        due =
                Math.min(
                        lastMilliAfter(watermark, 0),
                        lastMilliAfter(watermark, allowedLatenessMillis));
        output.emitWatermark(new Watermark(watermark));
        return true;
    }

    /** The first time after the given one that is a tick's last millisecond, shifted. */
    private long lastMilliAfter(long time, long shift) {
        return time + tickMillis - Math.floorMod(time + 1 - shift, tickMillis);
    }

    /** Emits the last watermark once more: Flink then knows that the partition is not idle. */
    void repeat(WatermarkOutput output) {
        if (emitted != Long.MIN_VALUE) {
            output.emitWatermark(new Watermark(emitted));
        }
    }
}
