package io.tickformer.lab.soak;

import io.tickformer.lab.bench.BenchReport;
import io.tickformer.lab.bench.Column;
import io.tickformer.lab.bench.FleetBenchSetup;
import io.tickformer.lab.bench.FleetCluster;
import io.tickformer.lab.bench.FleetJob;
import io.tickformer.lab.bench.FleetThrottle;
import io.tickformer.process.TemporaryFolder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Runs a job at full speed and reads memory, threads and open files of its process. */
final class SoakRun {
    private static final long POLL_NANOS = 5_000_000L;
    private static final double NANOS = 1e9;

    /** A series lives for as many ticks as fill its context this many times. */
    private static final int LIFETIME_CONTEXTS = 2;

    private final FleetBenchSetup plan;
    private final long ticks;
    private final int readings;

    /**
     * @param ticks total number of ticks
     * @param readings number of measurements, at equal numbers of ticks
     */
    SoakRun(FleetBenchSetup plan, long ticks, int readings) {
        this.plan = plan;
        this.ticks = ticks;
        this.readings = readings;
    }

    /** The columns of the measurements. */
    static List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.of("ticks", "ticks"));
        columns.add(Column.of("ticksPerSecond", "ticks/s"));
        for (WatchedFigure each : WatchedFigure.ALL) {
            columns.add(each.column());
        }
        return columns;
    }

    /** Runs the job in a temporary folder, and returns the trend of each measure. */
    Map<WatchedFigure, GrowthTrend> run(BenchReport report) throws Exception {
        int lifetime = LIFETIME_CONTEXTS * plan.spec().contextLength();
        FleetJob job = new FleetJob(plan, new SoakTicks(plan.series(), lifetime));
        List<List<Double>> taken = new ArrayList<>();
        try (TemporaryFolder folder = TemporaryFolder.create("tickformer-soak-", plan.diskBytes());
                FleetThrottle gate = FleetThrottle.of(job.name());
                FleetCluster cluster = FleetCluster.start(plan, folder.path(), job::wire)) {
            long done = 0;
            for (int reading = 1; reading <= readings; reading++) {
                long next = ticks * reading / readings;
                long start = System.nanoTime();
                gate.allow(next - done);
                await(next, gate, cluster);
                double seconds = (System.nanoTime() - start) / NANOS;
                cluster.checkpoint();
                List<Double> values = WatchedFigure.readAll();
                taken.add(values);
                List<Object> row =
                        new ArrayList<>(List.of(next, Math.round((next - done) / seconds)));
                row.addAll(values);
                report.add(row.toArray());
                report.progress("%,d ticks".formatted(next));
                done = next;
            }
        }
        return trends(taken);
    }

    private static void await(long forecasts, FleetThrottle gate, FleetCluster cluster) {
        while (gate.forecasts() < forecasts) {
            LockSupport.parkNanos(POLL_NANOS);
            cluster.check();
        }
    }

    private static Map<WatchedFigure, GrowthTrend> trends(List<List<Double>> taken) {
        Map<WatchedFigure, GrowthTrend> trends = new LinkedHashMap<>();
        for (int i = 0; i < WatchedFigure.ALL.size(); i++) {
            int column = i;
            WatchedFigure measure = WatchedFigure.ALL.get(i);
            trends.put(measure, measure.trend(taken.stream().map(row -> row.get(column)).toList()));
        }
        return trends;
    }
}
