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

/** The window functions of ticks. */
final class TickWindowFunctions {
    private TickWindowFunctions() {}

    /** Accumulates the observations of a tick, by channel. */
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
     * Emits the accumulated tick piece when the window fires. It has all channels. Channels without
     * a late observation stay as they were.
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
                // A copy, because the window may continue to use its own accumulator.
                out.collect(new TickPiece(key, index, tick.copy(), context.currentWatermark()));
            }
        }
    }
}
