package io.tickformer.monitoring;

import io.tickformer.annotation.Internal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * The counters of one operator, as metrics of its group. A counter with parts is their sum and is
 * not counted itself. Not thread-safe.
 */
@Internal
public final class OperatorCounters {
    private final Map<JobCounter, Counter> counters = new EnumMap<>(JobCounter.class);

    /** Creates the given counters, or their parts if they have any. */
    public OperatorCounters(MetricGroup group, JobCounter... counted) {
        for (JobCounter count : counted) {
            List<JobCounter> parts = count.parts();
            for (JobCounter part : parts) {
                counters.put(part, group.counter(part.metric()));
            }
            if (parts.isEmpty()) {
                counters.put(count, group.counter(count.metric()));
            } else {
                Gauge<Long> sum = () -> parts.stream().mapToLong(this::of).sum();
                group.gauge(count.metric(), sum);
            }
        }
    }

    /**
     * Returns a counter without parts.
     *
     * @throws IllegalArgumentException if this operator does not count it
     */
    public Counter counter(JobCounter count) {
        Counter counter = counters.get(count);
        if (counter == null) {
            throw new IllegalArgumentException(
                    "%s is not counted here; expected one of %s"
                            .formatted(count, counters.keySet()));
        }
        return counter;
    }

    /** Increments a counter. */
    public void inc(JobCounter count) {
        counter(count).inc();
    }

    /** The count since the start of the subtask. */
    public long of(JobCounter count) {
        return counter(count).getCount();
    }

    /** All counts. */
    public Map<JobCounter, Long> counts() {
        Map<JobCounter, Long> counts = new EnumMap<>(JobCounter.class);
        counters.forEach((count, counter) -> counts.put(count, counter.getCount()));
        return counts;
    }
}
