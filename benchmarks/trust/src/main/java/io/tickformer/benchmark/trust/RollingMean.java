package io.tickformer.benchmark.trust;

/** Sums and counts by tick, and their ratio over the newest ticks. */
final class RollingMean {
    private final double[] sums;
    private final double[] counts;

    RollingMean(int ticks) {
        this.sums = new double[ticks];
        this.counts = new double[ticks];
    }

    void add(long tick, double value) {
        sums[Math.toIntExact(tick)] += value;
        counts[Math.toIntExact(tick)]++;
    }

    /** For each tick the mean over it and those before; NaN where there is nothing. */
    double[] over(int window) {
        double[] means = new double[sums.length];
        double sum = 0;
        double count = 0;
        for (int tick = 0; tick < sums.length; tick++) {
            sum += sums[tick];
            count += counts[tick];
            if (tick >= window) {
                sum -= sums[tick - window];
                count -= counts[tick - window];
            }
            means[tick] = count > 0 ? sum / count : Double.NaN;
        }
        return means;
    }
}
