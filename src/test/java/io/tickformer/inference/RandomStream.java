package io.tickformer.inference;

import java.util.Arrays;
import java.util.Random;

/**
 * Random ticks of some series: silences of every length, late revisions, and restarts of whoever
 * forecasts.
 */
final class RandomStream {
    private final Random random;
    private final SideBySide forecasters;
    private final int patchLength;
    private final int contextLength;
    private final int entries;
    private final double[][] level; // of each channel of each series
    private final long[] silentUntil;

    RandomStream(
            Random random,
            SideBySide forecasters,
            int patchLength,
            int contextLength,
            int channels,
            int series,
            int entries) {
        this.random = random;
        this.forecasters = forecasters;
        this.patchLength = patchLength;
        this.contextLength = contextLength;
        this.entries = entries;
        this.level = new double[series][channels];
        this.silentUntil = new long[series];
        for (int i = 0; i < series; i++) {
            double height = random.nextInt(4) == 0 ? 1000 * random.nextGaussian() : 0;
            Arrays.fill(level[i], height);
            silentUntil[i] = Long.MIN_VALUE;
        }
    }

    /** So many ticks of every series. */
    void run(long start, int ticks) {
        for (long tick = start; tick < start + ticks; tick++) {
            for (int i = 0; i < level.length; i++) {
                step(i, tick);
            }
            if (random.nextInt(3) == 0) {
                forecasters.compare();
            }
            if (random.nextInt(60) == 0) {
                forecasters.restore(entries);
            }
        }
        forecasters.compare();
    }

    private void step(int i, long tick) {
        String series = "series" + i;
        Arrays.setAll(level[i], channel -> level[i][channel] + random.nextGaussian());
        if (tick < silentUntil[i]) {
            if (random.nextInt(4) == 0) {
                forecasters.passOver(series, tick);
            }
            return;
        }
        if (random.nextInt(15) == 0) {
            silentUntil[i] = tick + 1 + silence();
            return;
        }
        forecasters.observe(series, tick, values(i));
        if (random.nextInt(20) == 0) {
            long late = tick - random.nextInt(contextLength + 2);
            if (random.nextBoolean()) {
                forecasters.observe(series, late, values(i));
            } else {
                forecasters.revise(series, late, values(i));
            }
        }
    }

    /** About the level; of several channels, some have no value. */
    private double[] values(int i) {
        double[] values = level[i].clone();
        Arrays.setAll(
                values,
                channel ->
                        channel > 0 && random.nextInt(4) == 0
                                ? Double.NaN
                                : values[channel] + random.nextGaussian());
        return values;
    }

    /** Shorter than a patch, longer than that, or longer than the context. */
    private int silence() {
        return switch (random.nextInt(4)) {
            case 0 -> contextLength + random.nextInt(patchLength + 1);
            case 1 -> random.nextInt(contextLength);
            default -> random.nextInt(patchLength + 1);
        };
    }
}
