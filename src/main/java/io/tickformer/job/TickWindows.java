package io.tickformer.job;

import io.tickformer.event.Observation;
import io.tickformer.event.Tick;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickAggregate;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.streaming.api.functions.windowing.WindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** What a window does with the observations of one tick. */
final class TickWindows {
    private TickWindows() {}

    /** Gathers the observations of a tick. */
    static final class Gather
            implements AggregateFunction<Observation, TickAccumulator, TickAccumulator> {
        private static final long serialVersionUID = 1L;

        @Override
        public TickAccumulator createAccumulator() {
            return new TickAccumulator();
        }

        @Override
        public TickAccumulator add(Observation observation, TickAccumulator tick) {
            tick.add(observation.eventTimeMillis(), observation.value());
            return tick;
        }

        @Override
        public TickAccumulator getResult(TickAccumulator tick) {
            return tick;
        }

        @Override
        public TickAccumulator merge(TickAccumulator first, TickAccumulator second) {
            first.add(second);
            return first;
        }
    }

    /**
     * Makes the tick of what was gathered: once when the watermark passes its end, and again for
     * each late observation within the allowed lateness, as a revision.
     */
    static final class Close implements WindowFunction<TickAccumulator, Tick, String, TimeWindow> {
        private static final long serialVersionUID = 1L;

        private final TickAggregate aggregate;
        private final long tickMillis;

        Close(TickAggregate aggregate, long tickMillis) {
            this.aggregate = aggregate;
            this.tickMillis = tickMillis;
        }

        @Override
        public void apply(
                String series,
                TimeWindow window,
                Iterable<TickAccumulator> gathered,
                Collector<Tick> out) {
            long index = Tick.indexOf(window.getStart(), tickMillis);
            for (TickAccumulator tick : gathered) {
                out.collect(new Tick(series, index, tick.value(aggregate)));
            }
        }
    }
}
