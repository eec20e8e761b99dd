package io.tickformer.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.monitoring.JobCounter;
import io.tickformer.monitoring.JobGauge;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

final class JobMetricsReporterTest {
    private final JobMetricsReporter reporter = new JobMetricsReporter();

    private Counter counted(String name, long number) {
        Counter counter = new SimpleCounter();
        counter.inc(number);
        reporter.notifyOfAddedMetric(counter, name, new UnregisteredMetricsGroup());
        return counter;
    }

    private void gauge(String name, long value, MetricGroup group) {
        Gauge<Long> gauge = () -> value;
        reporter.notifyOfAddedMetric(gauge, name, group);
    }

    private static MetricGroup operator(String name) {
        return new UnregisteredMetricsGroup() {
            @Override
            public Map<String, String> getAllVariables() {
                return Map.of("<operator_name>", name);
            }
        };
    }

    private Map<JobCounter, Long> counts() {
        return reporter.read(Instant.EPOCH).counts();
    }

    @Test
    void whatSubtasksCountIsAddedUpAndStaysCountedWhenTheyEnd() {
        Counter first = counted("forecasts", 3);
        counted("forecasts", 4);
        counted("deadLetters.noKey", 2);
        counted("numRecordsIn", 1_000);
        assertThat(counts()).containsEntry(JobCounter.FORECASTS, 7L);

        first.inc();
        reporter.notifyOfRemovedMetric(first, "forecasts", new UnregisteredMetricsGroup());
        counted("forecasts", 10);
        assertThat(counts())
                .containsEntry(JobCounter.FORECASTS, 18L)
                .containsEntry(JobCounter.NO_KEY, 2L)
                .containsEntry(JobCounter.RECORDS, 0L)
                .doesNotContainKey(JobCounter.DEAD_LETTERS);
    }

    @Test
    void theJobsWatermarkIsTheLeastOfTheOperatorThatForecasts() {
        gauge("currentInputWatermark", 700, operator("forecasts"));
        gauge("currentInputWatermark", 500, operator("forecasts"));
        gauge("currentInputWatermark", Long.MIN_VALUE, operator("late sink"));
        gauge("pendingRecords", 20, operator("records"));
        gauge("pendingRecords", 3, operator("records"));
        assertThat(reporter.read(Instant.EPOCH).gauges())
                .containsOnly(
                        Map.entry(JobGauge.WATERMARK, 500L),
                        Map.entry(JobGauge.WAITING_RECORDS, 23L));
    }
}
