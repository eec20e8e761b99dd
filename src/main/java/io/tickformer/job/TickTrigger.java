package io.tickformer.job;

import io.tickformer.event.Observation;
import io.tickformer.event.Tick;
import io.tickformer.operator.TickTimes;
import org.apache.flink.api.common.functions.ReduceFunction;
import org.apache.flink.api.common.state.ReducingState;
import org.apache.flink.api.common.state.ReducingStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.triggers.TriggerResult;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/**
 * When the window of a tick hands on what it gathered, and forgets it:
 *
 * <ul>
 *   <li>when the watermark passes its end, if the watermark is about to do so;
 *   <li>at once where it is not: the series has a time of its own, by which the operator behind
 *       closes its ticks. So no window waits long, however far readings lie from the watermark;
 *   <li>with the last reading, where a tick has a known number of them.
 * </ul>
 *
 * <p>No reading is late for a window: a tick that was handed on opens again for one that comes
 * later, which is handed on by itself.
 */
final class TickTrigger extends Trigger<Observation, TimeWindow> {
    private static final long serialVersionUID = 1L;

    private final TickTimes times;
    private final long readings;
    private final ReducingStateDescriptor<Long> counted =
            new ReducingStateDescriptor<>("readings", new Add(), Types.LONG);

    /**
     * @param channels C, of which each reading of a tick has a value
     */
    TickTrigger(TickTimes times, int channels) {
        this.times = times;
        this.readings = (long) times.readings() * channels;
    }

    @Override
    public TriggerResult onElement(
            Observation observation, long timestamp, TimeWindow window, TriggerContext context)
            throws Exception {
        long watermark = context.getCurrentWatermark();
        long index = Tick.indexOf(window.getStart(), times.tickMillis());
        if (index <= times.lastEnded(watermark) || index > times.lastAwaited(watermark)) {
            return handOn(window, context);
        }
        if (readings > 0) {
            ReducingState<Long> count = context.getPartitionedState(counted);
            count.add(1L);
            if (count.get() >= readings) {
                return handOn(window, context);
            }
        }
        context.registerEventTimeTimer(window.maxTimestamp());
        return TriggerResult.CONTINUE;
    }

    private TriggerResult handOn(TimeWindow window, TriggerContext context) throws Exception {
        clear(window, context);
        return TriggerResult.FIRE_AND_PURGE;
    }

    @Override
    public TriggerResult onEventTime(long time, TimeWindow window, TriggerContext context)
            throws Exception {
        return handOn(window, context);
    }

    @Override
    public TriggerResult onProcessingTime(long time, TimeWindow window, TriggerContext context) {
        throw new IllegalStateException("ticks end in event time only");
    }

    @Override
    public void clear(TimeWindow window, TriggerContext context) throws Exception {
        context.deleteEventTimeTimer(window.maxTimestamp());
        if (readings > 0) {
            context.getPartitionedState(counted).clear();
        }
    }

    @Override
    public String toString() {
        return "TickTrigger";
    }

    /** Counts readings. */
    private static final class Add implements ReduceFunction<Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long reduce(Long first, Long second) {
            return first + second;
        }
    }
}
