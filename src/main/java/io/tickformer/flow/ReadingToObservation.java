package io.tickformer.flow;

import io.tickformer.event.Observation;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes observations of the readings of a user's own type. A reading without a series, a time or a
 * finite value is dropped, counted in the metric {@value #DROPPED}, and logged once.
 *
 * @param <T> type of the readings
 */
final class ReadingToObservation<T> extends RichFlatMapFunction<T, Observation> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ReadingToObservation.class);

    /** Name of the metric. */
    static final String DROPPED = "readingsDropped";

    private final SerializableFunction<T, String> series;
    private final SerializableFunction<T, Long> eventTimeMillis;
    private final SerializableFunction<T, Double> value;
    private transient Counter dropped;

    ReadingToObservation(
            SerializableFunction<T, String> series,
            SerializableFunction<T, Long> eventTimeMillis,
            SerializableFunction<T, Double> value) {
        this.series = series;
        this.eventTimeMillis = eventTimeMillis;
        this.value = value;
    }

    @Override
    public void open(OpenContext context) {
        dropped = getRuntimeContext().getMetricGroup().counter(DROPPED);
    }

    @Override
    public void flatMap(T reading, Collector<Observation> out) {
        String key = series.apply(reading);
        Long time = eventTimeMillis.apply(reading);
        Double measured = value.apply(reading);
        if (key != null && time != null && measured != null && Double.isFinite(measured)) {
            out.collect(new Observation(key, time, measured));
            return;
        }
        if (dropped.getCount() == 0) {
            LOG.warn(
                    "A reading is dropped: its series is {}, its time {}, its value {}; expected all"
                            + " three, and a finite value. The metric {} counts them.",
                    key,
                    time,
                    measured,
                    DROPPED);
        }
        dropped.inc();
    }
}
