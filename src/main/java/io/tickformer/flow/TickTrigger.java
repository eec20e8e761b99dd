package io.tickformer.flow;

import io.tickformer.event.Observation;
import io.tickformer.event.Tick;
import io.tickformer.forecaster.TickClosingTimes;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.triggers.TriggerResult;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/**
 * Fires and purges the window of a tick:
 *
 * <ul>
 *   <li>when the watermark passes its end, if the watermark is close to it;
 *   <li>otherwise at each reading: the forecast operator closes the ticks of a series by the time
 *       of that series. So no window waits long, however far readings are from the watermark;
 *   <li>at each reading, if a tick has a known number of readings: the operator counts the
 *       readings. It must also see older ticks that are incomplete, because ticks close in order.
 * </ul>
 *
 * <p>No reading is late for a window: the window of a purged tick opens again for a later reading,
 * and emits that reading alone.
 */
final class TickTrigger extends Trigger<Observation, TimeWindow> {
    private static final long serialVersionUID = 1L;

    private final TickClosingTimes times;

    TickTrigger(TickClosingTimes times) {
        this.times = times;
    }

    @Override
    public TriggerResult onElement(
            Observation observation, long timestamp, TimeWindow window, TriggerContext context)
            throws Exception {
        long index = Tick.indexOf(window.getStart(), times.tickMillis());
        if (!times.mayWait(index, context.getCurrentWatermark())) {
            return TriggerResult.FIRE_AND_PURGE;
        }
        context.registerEventTimeTimer(window.maxTimestamp());
        return TriggerResult.CONTINUE;
    }

    @Override
    public TriggerResult onEventTime(long time, TimeWindow window, TriggerContext context) {
        return TriggerResult.FIRE_AND_PURGE;
    }

    @Override
    public TriggerResult onProcessingTime(long time, TimeWindow window, TriggerContext context) {
        throw new IllegalStateException("ticks end in event time only");
    }

    @Override
    public void clear(TimeWindow window, TriggerContext context) throws Exception {
        context.deleteEventTimeTimer(window.maxTimestamp());
    }

    @Override
    public String toString() {
        return "TickTrigger";
    }
}
