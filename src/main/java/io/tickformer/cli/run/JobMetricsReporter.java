package io.tickformer.cli.run;

import io.tickformer.monitoring.JobCounter;
import io.tickformer.monitoring.JobGauge;
import io.tickformer.monitoring.JobMetricsSnapshot;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;

/**
 * Sums the metrics of all subtasks of a job in this process. Counts of ended subtasks are kept, so
 * the sums cover the time since the start, restarts included.
 */
final class JobMetricsReporter implements MetricReporter {
    private static final String OPERATOR = "<operator_name>";

    /** The operator whose watermark is that of the job: only sinks follow it. */
    private static final String FORECASTS = "forecasts";

    private final Map<String, JobCounter> countNames = new HashMap<>();
    private final Map<String, JobGauge> gaugeNames = new HashMap<>();
    private final IdentityHashMap<Counter, JobCounter> counters = new IdentityHashMap<>();
    private final IdentityHashMap<Gauge<?>, JobGauge> gauges = new IdentityHashMap<>();
    private final Map<JobCounter, Long> ended = new EnumMap<>(JobCounter.class);

    JobMetricsReporter() {
        for (JobCounter count : JobCounter.values()) {
            if (count.parts().isEmpty()) {
                countNames.put(count.metric(), count);
                ended.put(count, 0L);
            }
        }
        for (JobGauge gauge : JobGauge.values()) {
            gaugeNames.put(gauge.metric(), gauge);
        }
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public synchronized void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        if (metric instanceof Counter counter && countNames.containsKey(name)) {
            counters.put(counter, countNames.get(name));
        } else if (metric instanceof Gauge<?> gauge && gaugeNames.containsKey(name)) {
            JobGauge known = gaugeNames.get(name);
            if (known != JobGauge.WATERMARK
                    || FORECASTS.equals(group.getAllVariables().get(OPERATOR))) {
                gauges.put(gauge, known);
            }
        }
    }

    @Override
    public synchronized void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        if (metric instanceof Counter counter) {
            JobCounter count = counters.remove(counter);
            if (count != null) {
                ended.merge(count, counter.getCount(), Long::sum);
            }
        } else if (metric instanceof Gauge<?> gauge) {
            gauges.remove(gauge);
        }
    }

    /** The sums now. */
    synchronized JobMetricsSnapshot read(Instant now) {
        Map<JobCounter, Long> sums = new EnumMap<>(ended);
        counters.forEach((counter, count) -> sums.merge(count, counter.getCount(), Long::sum));
        Map<JobGauge, Long> states = new EnumMap<>(JobGauge.class);
        gauges.forEach(
                (gauge, known) -> {
                    if (gauge.getValue() instanceof Number value) {
                        states.merge(known, value.longValue(), known::combine);
                    }
                });
        return new JobMetricsSnapshot(now, sums, states);
    }
}
