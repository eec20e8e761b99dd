package io.tickformer.monitoring;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * What one operator counts, as metrics of its group. A number that has parts is the sum of them and
 * not counted by itself. For one thread.
 */
public final class JobCounters {
    private final Map<JobCount, Counter> counters = new EnumMap<>(JobCount.class);

    /** Counters of what is named, or of its parts where it has some. */
    public JobCounters(MetricGroup group, JobCount... counted) {
        for (JobCount count : counted) {
            List<JobCount> parts = count.parts();
            for (JobCount part : parts) {
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
     * The counter of a number without parts.
     *
     * @throws IllegalArgumentException if the operator has not said that it counts this
     */
    public Counter counter(JobCount count) {
        Counter counter = counters.get(count);
        if (counter == null) {
            throw new IllegalArgumentException(
                    "%s is not counted here; expected one of %s"
                            .formatted(count, counters.keySet()));
        }
        return counter;
    }

    /** Counts one more. */
    public void inc(JobCount count) {
        counter(count).inc();
    }

    /** How often it was counted since the start of the subtask. */
    public long of(JobCount count) {
        return counter(count).getCount();
    }

    /** All of it. */
    public Map<JobCount, Long> counts() {
        Map<JobCount, Long> counts = new EnumMap<>(JobCount.class);
        counters.forEach((count, counter) -> counts.put(count, counter.getCount()));
        return counts;
    }
}
