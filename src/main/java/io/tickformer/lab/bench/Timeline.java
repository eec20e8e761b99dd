package io.tickformer.lab.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Samples of the number of forecasts and of the job's resource use over time. */
final class Timeline {
    /**
     * A sample.
     *
     * @param nanos time
     * @param forecasts number of forecasts so far
     * @param cpuNanos processor time so far
     * @param allocatedBytes memory allocated so far
     */
    record Sample(long nanos, long forecasts, long cpuNanos, long allocatedBytes) {}

    private static final double NANOS = 1e9;
    private static final double NANOS_A_MICRO = 1e3;

    private final List<Sample> samples = new ArrayList<>();

    /** Adds a sample; ignores one without a new forecast. */
    void add(Sample sample) {
        if (samples.isEmpty() || sample.forecasts() > last().forecasts()) {
            samples.add(sample);
        }
    }

    private Sample last() {
        return samples.get(samples.size() - 1);
    }

    /**
     * Throughput between the first sample after the warm-up and the last sample; over the second
     * half if the warm-up takes more than half of the time.
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
