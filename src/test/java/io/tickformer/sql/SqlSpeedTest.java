package io.tickformer.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.forecaster.FeedbackListener;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.testing.Repository;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

/**
 * What a forecast costs in a function, with a cache and without. Prints the figures that {@code
 * docs/sql/README.md} gives; asserts that both ways forecast the same.
 */
final class SqlSpeedTest {
    private static final int SERIES = 8;
    private static final int TICKS = Integer.getInteger("ticks", 120);
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private static Map<String, Double> run(String name, long cacheBytes) throws Exception {
        SeriesSettings settings =
                new SeriesSettings(
                        model(),
                        List.of(VarCharType.STRING_TYPE, new DoubleType()),
                        new int[] {0},
                        new int[] {1},
                        new ForecastSelection(24, List.of(0.1, 0.9)),
                        FeedbackSettings.DEFAULT.withAnomalies(null),
                        Duration.ZERO,
                        cacheBytes);
        HandOperator operator = new HandOperator();
        try (TableSeries table =
                TableSeries.open(settings, FeedbackListener.NONE, new UnregisteredMetricsGroup())) {
            long start = 0;
            for (int tick = 0; tick < TICKS; tick++) {
                if (tick == TICKS / 2) {
                    start = cpuNanos();
                }
                for (int series = 0; series < SERIES; series++) {
                    double value = 10 + series + Math.sin(tick * Math.PI / 12) + tick % 7 * 0.1;
                    operator.row(table, new Observation("s" + series, tick * HOUR, value));
                }
                operator.advanceTo(table, (tick + 1) * HOUR - 1);
            }
            long nanos = cpuNanos() - start;
            int forecasts = SERIES * (TICKS - TICKS / 2);
            System.out.printf(
                    "%s: %d us a forecast, %d bytes written%n",
                    name,
                    nanos / 1_000 / forecasts,
                    operator.written() / operator.forecasts().size());
        }
        Map<String, Double> newest = new TreeMap<>();
        for (Forecast each : operator.forecasts()) {
            newest.put(each.series() + " " + each.tickIndex(), each.mean()[23]);
        }
        return newest;
    }

    /** Processor time of this thread, so that other load of the machine does not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static byte[] model() throws IOException {
        return Files.readAllBytes(Repository.root().resolve("models").resolve("universal.onnx"));
    }

    @Test
    void aForecastFromTheCacheIsThatFromTheWholeContext() throws Exception {
        Map<String, Double> cached = run("with a cache", 64 << 20);
        Map<String, Double> whole = run("without a cache", 0);
        assertThat(cached).hasSize(SERIES * TICKS);
        whole.forEach(
                (tick, mean) -> assertThat(cached.get(tick) / mean).isBetween(0.9999, 1.0001));
    }
}
