package io.tickformer.flow;

import io.tickformer.event.Observation;
import io.tickformer.event.Tick;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickPiece;
import io.tickformer.spec.Channels;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** What a window does with the observations of one tick. */
final class TickWindows {
    private TickWindows() {}

    /** Gathers the observations of a tick, each with those of its channel. */
    static final class Gather
            implements AggregateFunction<Observation, TickAccumulator, TickAccumulator> {
        private static final long serialVersionUID = 1L;

        private final Channels channels;

        Gather(Channels channels) {
            this.channels = channels;
        }

        @Override
        public TickAccumulator createAccumulator() {
            return new TickAccumulator(channels.width());
        }

        @Override
        public TickAccumulator add(Observation observation, TickAccumulator tick) {
            int channel = channels.isNone() ? 0 : channels.channelOf(observation.series());
            tick.add(channel, observation.eventTimeMillis(), observation.value());
            return tick;
        }

        @Override
        public TickAccumulator getResult(TickAccumulator tick) {
            return tick;
        }

        @Override
        public TickAccumulator merge(TickAccumulator first, TickAccumulator second) {
            first.merge(second);
            return first;
        }
    }

    /**
     * Makes the piece of what was gathered, whenever the window fires. It carries all channels, of
     * which those without a late observation are as they were.
     */
    static final class Close
            extends ProcessWindowFunction<TickAccumulator, TickPiece, String, TimeWindow> {
        private static final long serialVersionUID = 1L;

        private final long tickMillis;

        Close(long tickMillis) {
            this.tickMillis = tickMillis;
        }

        @Override
        public void process(
                String key,
                Context context,
                Iterable<TickAccumulator> gathered,
                Collector<TickPiece> out) {
            long index = Tick.indexOf(context.window().getStart(), tickMillis);
            for (TickAccumulator tick : gathered) {
                // A copy, since the window may go on to gather into its own.
                out.collect(new TickPiece(key, index, tick.copy(), context.currentWatermark()));
            }
        }
    }
}
