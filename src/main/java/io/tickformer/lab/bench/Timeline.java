package io.tickformer.lab.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How many forecasts had arrived, and what the job had used, time after time. */
final class Timeline {
    /**
     * A point in time.
     *
     * @param nanos when
     * @param forecasts arrived so far
     * @param cpuNanos processor time used so far
     * @param allocatedBytes memory allocated so far
     */
    record Sample(long nanos, long forecasts, long cpuNanos, long allocatedBytes) {}

    private static final double NANOS = 1e9;
    private static final double NANOS_A_MICRO = 1e3;

    private final List<Sample> samples = new ArrayList<>();

    /** Takes a sample; one without a new forecast counts for nothing. */
    void add(Sample sample) {
        if (samples.isEmpty() || sample.forecasts() > last().forecasts()) {
            samples.add(sample);
        }
    }

    private Sample last() {
        return samples.get(samples.size() - 1);
    }

    /**
     * What was done between the first sample after the warm-up and the last. Where the warm-up
     * takes more than half of all, the latter half.
     */
    Throughput steady(Duration warmUp) {
        if (samples.size() < 2) {
            return new Throughput(Double.NaN, Double.NaN, Double.NaN);
        }
        Sample end = last();
        long first = samples.get(0).nanos();
        long skipped = Math.min(warmUp.toNanos(), (end.nanos() - first) / 2);
        Sample start = samples.get(0);
        for (Sample sample : samples) {
            start = sample;
            if (sample.nanos() - first >= skipped) {
                break;
            }
        }
        if (start.equals(end)) {
            start = samples.get(samples.size() - 2);
        }
        double forecasts = end.forecasts() - start.forecasts();
        return new Throughput(
                forecasts / (end.nanos() - start.nanos()) * NANOS,
                (end.cpuNanos() - start.cpuNanos()) / NANOS_A_MICRO / forecasts,
                (end.allocatedBytes() - start.allocatedBytes()) / forecasts);
    }
}
