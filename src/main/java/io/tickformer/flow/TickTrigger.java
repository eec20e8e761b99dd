package io.tickformer.flow;

import io.tickformer.event.Observation;
import io.tickformer.event.Tick;
import io.tickformer.operator.TickTimes;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.triggers.TriggerResult;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/**
 * When the window of a tick hands on what it gathered, and forgets it:
 *
 * <ul>
 *   <li>when the watermark passes its end, if the watermark is about to do so;
 *   <li>at every reading where it is not: the series has a time of its own, by which the operator
 *       behind closes its ticks. So no window waits long, however far readings lie from the
 *       watermark;
 *   <li>at every reading where a tick has a known number of them: the operator counts them, and
 *       must know of older ticks that lack some.
 * </ul>
 *
 * <p>No reading is late for a window: a tick that was handed on opens again for one that comes
 * later, which is handed on by itself.
 */
final class TickTrigger extends Trigger<Observation, TimeWindow> {
    private static final long serialVersionUID = 1L;

    private final TickTimes times;

    TickTrigger(TickTimes times) {
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
