package io.tickformer.kafka;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Watermarks that trail the latest event time and are emitted by the event that makes a difference:
 * one by which a tick ends, or by which its observations are late from then on. So no forecast
 * waits for a clock, and whether an observation is late depends on the events before it in its
 * partition and not on how fast they are read.
 *
 * <p>Between two such points a watermark would change nothing and cost a message to every subtask.
 * The periodic call repeats the last one: it tells Flink that a partition which was idle is not any
 * more.
 */
final class TickWatermarks implements WatermarkGenerator<Decoded> {
    private final long outOfOrdernessMillis;
    private final long tickMillis;
    private final long allowedLatenessMillis;
    private long latest = Long.MIN_VALUE;
    private long emitted = Long.MIN_VALUE;

    /** The least watermark that makes a difference. */
    private long due = Long.MIN_VALUE;

    /**
     * @param outOfOrdernessMillis by how much the watermark trails the latest event time
     * @param tickMillis length of a tick
     * @param allowedLatenessMillis how long after its end a tick is still revised
     */
    TickWatermarks(long outOfOrdernessMillis, long tickMillis, long allowedLatenessMillis) {
        this.outOfOrdernessMillis = outOfOrdernessMillis;
        this.tickMillis = tickMillis;
        this.allowedLatenessMillis = allowedLatenessMillis;
    }

    @Override
    public void onEvent(Decoded decoded, long eventTimeMillis, WatermarkOutput output) {
        if (eventTimeMillis <= latest) {
            return;
        }
        latest = eventTimeMillis;
        long watermark = eventTimeMillis - outOfOrdernessMillis - 1;
        if (watermark >= due) {
            emitted = watermark;
            due =
                    Math.min(
                            lastMilliAfter(watermark, 0),
                            lastMilliAfter(watermark, allowedLatenessMillis));
            output.emitWatermark(new Watermark(watermark));
        }
    }

    /** The first time after the given one that is a tick's last millisecond, shifted. */
    private long lastMilliAfter(long time, long shift) {
        return time + tickMillis - Math.floorMod(time + 1 - shift, tickMillis);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        if (emitted != Long.MIN_VALUE) {
            output.emitWatermark(new Watermark(emitted));
        }
    }
}
