package io.tickformer.benchmark.trust;

import java.util.Random;

/** Hourly series with a daily cycle, in which something happens. */
final class MadeUpSeries {
    private static final int DAY = 24;

    private MadeUpSeries() {}

    /** Noise whose variance doubles at a tick. */
    static double[] moreErratic(int seed, int ticks, int change) {
        Random random = new Random(seed);
        double phase = random.nextDouble();
        double[] values = new double[ticks];
        double noise = 0;
        for (int tick = 0; tick < ticks; tick++) {
            double deviation = tick < change ? 2 : 2 * Math.sqrt(2);
            noise = 0.6 * noise + deviation * random.nextGaussian();
            values[tick] = cycle(tick, phase) + noise;
        }
        return values;
    }

    /** A random walk in place of the cycle between two ticks. */
    static double[] walkBetween(int seed, int ticks, int begin, int end) {
        Random random = new Random(1_000 + seed);
        double phase = random.nextDouble();
        double[] values = new double[ticks];
        double walk = 0;
        for (int tick = 0; tick < ticks; tick++) {
            boolean isWalk = tick >= begin && tick < end;
            walk = isWalk ? walk + 3 * random.nextGaussian() : 0;
            double base = isWalk ? 100 + walk : cycle(tick, phase);
            values[tick] = base + random.nextGaussian();
        }
        return values;
    }

    /** A spike, a level that is too high, and a day without a cycle. */
    static double[] withEvents(int seed, int ticks) {
        Random random = new Random(seed);
        double[] values = new double[ticks];
        for (int tick = 0; tick < ticks; tick++) {
            boolean isFlat = tick >= 3_600 && tick < 3_600 + DAY;
            boolean isHigh = tick >= 3_300 && tick < 3_310;
            double base = isFlat ? 100 : cycle(tick, 0);
            double event = isHigh ? 25 : tick == 3_000 ? 60 : 0;
            values[tick] = base + event + 2 * random.nextGaussian();
        }
        return values;
    }

    private static double cycle(int tick, double phase) {
        return 100 + 20 * Math.sin(2 * Math.PI * ((double) tick / DAY + phase));
    }
}
