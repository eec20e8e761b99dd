package io.tickformer.lab.bench;

import io.tickformer.operator.ContextStateBytes;
import io.tickformer.process.TemporaryFolder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;

/** Runs the operator in a job of many series, from the first tick to a checkpoint. */
final class FleetRun {
    private static final long POLL_NANOS = 5_000_000L;
    private static final long SAMPLE_NANOS = 100_000_000L;
    private static final double NANOS_A_MICRO = 1e3;
    private static final double MILLIS = 1e3;

    private final FleetBenchSetup plan;
    private final FleetThrottle gate;
    private final FleetCluster cluster;
    private final JobResources resources;
    private long expected;
    private long sampled = System.nanoTime();

    /** Samples in MiB. */
    private final List<Double> resident = new ArrayList<>();

    private FleetRun(
            FleetBenchSetup plan,
            FleetThrottle gate,
            FleetCluster cluster,
            JobResources resources) {
        this.plan = plan;
        this.gate = gate;
        this.cluster = cluster;
        this.resources = resources;
    }

    /** Runs a fleet in a temporary folder. */
    static FleetFigures run(FleetBenchSetup plan) throws Exception {
        FleetJob job = new FleetJob(plan);
        JobResources resources = JobResources.beforeStart();
        try (TemporaryFolder folder =
                        TemporaryFolder.create("tickformer-fleet-", plan.diskBytes());
                FleetThrottle gate = FleetThrottle.of(job.name());
                FleetCluster cluster = FleetCluster.start(plan, folder.path(), job::wire)) {
            return new FleetRun(plan, gate, cluster, resources).measure();
        }
    }

    private FleetFigures measure() {
        warmUp();
        resident.clear();
        long cpu = resources.cpuNanos();
        long start = System.nanoTime();
        long first = expected;
        while (expected == first || System.nanoTime() - start < plan.measured().toNanos()) {
            forecastTick();
        }
        double nanos = System.nanoTime() - start;
        double cpuNanos = resources.cpuNanos() - cpu;
        long forecasts = expected - first;
        sample();
        int begin = resident.size() / 10;
        double middle = resident.get(resident.size() / 2);
        CompletedCheckpointStats checkpoint = cluster.checkpoint();
        sample();
        return new FleetFigures(
                plan.series(),
                plan.backend().flinkName(),
                plan.spec().contextLength(),
                forecasts,
                nanos / NANOS_A_MICRO / forecasts,
                cpuNanos / NANOS_A_MICRO / forecasts,
                ContextStateBytes.ofFull(plan.spec()),
                (double) checkpoint.getStateSize() / plan.series(),
                checkpoint.getEndToEndDuration() / MILLIS,
                resident.get(begin),
                middle,
                resident.get(resident.size() - 1),
                Collections.max(resident.subList(begin, resident.size())) - resident.get(begin),
                ProcessMemory.heapMiB());
    }

    /**
     * Fills the rings with one forecast and one late tick per series. Then runs as many ticks as
     * fill the cache with every phase of every series, unless that takes longer than the
     * measurement.
     */
    private void warmUp() {
        long start = System.nanoTime();
        gate.allow(1L * (FleetTicks.FILLING - 1) * plan.series());
        forecastTick();
        int ticks = plan.spec().network().patchLength() + 1;
        for (int tick = 0; tick < ticks && isEarly(start); tick++) {
            forecastTick();
        }
    }

    private boolean isEarly(long start) {
        return System.nanoTime() - start < plan.measured().toNanos();
    }

    private void forecastTick() {
        gate.allow(plan.series());
        expected += plan.series();
        while (gate.forecasts() < expected) {
            LockSupport.parkNanos(POLL_NANOS);
            if (System.nanoTime() - sampled > SAMPLE_NANOS) {
                sample();
            }
        }
    }

    private void sample() {
        sampled = System.nanoTime();
        resident.add(ProcessMemory.residentMiB());
        cluster.check();
    }
}
