package io.tickformer.lab.chaos;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Kills processes as planned and measures the time until the job has recovered. Call it repeatedly
 * from one thread.
 */
final class FaultInjector {
    private static final double NANOS = 1e9;

    private final List<Fault> faults;
    private final ChaosCluster cluster;
    private final ChaosReport report;
    private final long start;
    private final List<Recovery> open = new ArrayList<>();
    private final List<Recovery> closed = new ArrayList<>();
    private int next;
    private long lastKill;
    private long calmSince;

    FaultInjector(List<Fault> faults, ChaosCluster cluster, ChaosReport report, long now) {
        this.faults = faults;
        this.cluster = cluster;
        this.report = report;
        this.start = now;
        this.lastKill = now;
        this.calmSince = now;
    }

    /** Injects the faults that are due. */
    void inject(long now) {
        while (next < faults.size() && isDue(faults.get(next), now)) {
            Fault fault = faults.get(next++);
            Instant killedAt = Instant.now();
            cluster.process(fault.target()).kill(now, fault.downtime());
            lastKill = now;
            Recovery recovery = new Recovery(fault, (now - start) / NANOS, killedAt, Double.NaN);
            open.add(recovery);
            report.killed(recovery);
        }
    }

    private boolean isDue(Fault fault, long now) {
        if (!cluster.process(fault.target()).isAlive()) {
            return false;
        }
        return switch (fault.moment()) {
            case RECOVERED -> open.isEmpty() && now - calmSince >= fault.pause().toNanos();
            case MEANWHILE -> now - lastKill >= fault.pause().toNanos();
        };
    }

    /** Records that a forecast with the given time of issue was seen. */
    void seen(Instant issuedAt, long now) {
        List<Recovery> recovered =
                open.stream().filter(each -> issuedAt.isAfter(each.killedAt())).toList();
        for (Recovery each : recovered) {
            Recovery done = each.after((now - start) / NANOS - each.atSeconds());
            closed.add(done);
            report.recovered(done);
        }
        open.removeAll(recovered);
        if (!recovered.isEmpty()) {
            calmSince = now;
        }
    }

    /** Whether all faults have happened and the job has recovered from them. */
    boolean isDone() {
        return next == faults.size() && open.isEmpty();
    }

    /** Seconds since the latest fault while the job has not recovered from it. */
    double waitingSeconds(long now) {
        return open.isEmpty() ? 0 : (now - lastKill) / NANOS;
    }

    /** The faults that have happened, in order. */
    List<Recovery> recoveries() {
        List<Recovery> all = new ArrayList<>(closed);
        all.addAll(open);
        all.sort((left, right) -> Integer.compare(left.fault().number(), right.fault().number()));
        return all;
    }
}
