package io.tickformer.job;

import io.tickformer.event.Observation;
import io.tickformer.event.RecordAccumulator;
import io.tickformer.event.Tick;
import io.tickformer.event.TickAggregate;
import io.tickformer.spec.Channels;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.streaming.api.functions.windowing.WindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** What a window does with the observations of one tick of all channels of a record. */
final class RecordWindows {
    private RecordWindows() {}

    /** Gathers the observations of a tick, each with those of its channel. */
    static final class Gather
            implements AggregateFunction<Observation, RecordAccumulator, RecordAccumulator> {
        private static final long serialVersionUID = 1L;

        private final Channels channels;

        Gather(Channels channels) {
            this.channels = channels;
        }

        @Override
        public RecordAccumulator createAccumulator() {
            return new RecordAccumulator(channels.width());
        }

        @Override
        public RecordAccumulator add(Observation observation, RecordAccumulator tick) {
            tick.add(
                    channels.channelOf(observation.series()),
                    observation.eventTimeMillis(),
                    observation.value());
            return tick;
        }

        @Override
        public RecordAccumulator getResult(RecordAccumulator tick) {
            return tick;
        }

        @Override
        public RecordAccumulator merge(RecordAccumulator first, RecordAccumulator second) {
            first.add(second);
            return first;
        }
    }

    /**
     * Makes the tick of what was gathered: once when the watermark passes its end, and again for
     * each late observation within the allowed lateness. Such a revision carries all channels, of
     * which those without a late observation are as they were.
     */
    static final class Close
            implements WindowFunction<RecordAccumulator, Tick, String, TimeWindow> {
        private static final long serialVersionUID = 1L;

        private final TickAggregate aggregate;
        private final long tickMillis;

        Close(TickAggregate aggregate, long tickMillis) {
            this.aggregate = aggregate;
            this.tickMillis = tickMillis;
        }

        @Override
        public void apply(
                String key,
                TimeWindow window,
                Iterable<RecordAccumulator> gathered,
                Collector<Tick> out) {
            long index = Tick.indexOf(window.getStart(), tickMillis);
            for (RecordAccumulator tick : gathered) {
                out.collect(new Tick(key, index, tick.values(aggregate)));
            }
        }
    }
}
