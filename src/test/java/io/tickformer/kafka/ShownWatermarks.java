package io.tickformer.kafka;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** Where the watermark of a partition stands, and whether it is waited for. */
public final class ShownWatermarks implements WatermarkOutput {
    private long watermark = Long.MIN_VALUE;
    private boolean isIdle;
    private boolean isGoingBack;

    @Override
    public void emitWatermark(Watermark emitted) {
        isGoingBack |= emitted.getTimestamp() < watermark;
        watermark = Math.max(watermark, emitted.getTimestamp());
        isIdle = false;
    }

    @Override
    public void markIdle() {
        isIdle = true;
    }

    @Override
    public void markActive() {
        isIdle = false;
    }

    public long watermark() {
        return watermark;
    }

    /** Whether a watermark was less than one before it. */
    public boolean isGoingBack() {
        return isGoingBack;
    }

    public boolean isIdle() {
        return isIdle;
    }
}
