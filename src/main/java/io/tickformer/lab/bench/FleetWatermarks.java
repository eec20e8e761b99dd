package io.tickformer.lab.bench;

import io.tickformer.event.TickPiece;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** A tick ends when the next tick arrives for the first of all series. */
final class FleetWatermarks implements WatermarkGenerator<TickPiece> {
    private final long tickMillis;
    private long newest = Long.MIN_VALUE;

    FleetWatermarks(long tickMillis) {
        this.tickMillis = tickMillis;
    }

    @Override
    public void onEvent(TickPiece tick, long eventTimeMillis, WatermarkOutput output) {
        if (tick.index() > newest) {
            newest = tick.index();
            output.emitWatermark(new Watermark(newest * tickMillis - 1));
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        // Watermarks advance with events only.
    }
}
