package io.tickformer.training;

import io.tickformer.history.History;
import io.tickformer.history.SeriesHistory;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.TestSpecs;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongToDoubleFunction;

/** Histories for tests, on a grid of hours. */
final class Histories {
    static final long HOUR = 3_600_000;

    private Histories() {}

    /** Daily sines of different levels with noise and some missing values. */
    static History sines(int series, int ticks) {
        List<SeriesHistory> histories = new ArrayList<>();
        for (int i = 0; i < series; i++) {
            SplittableRandom random = new SplittableRandom(i);
            double level = Math.pow(10, i);
            histories.add(of("s" + i, ticks, tick -> noisySine(random, tick, level)));
        }
        return new History("sines", histories);
    }

    /** One series of independent values. */
    static History noise(int ticks) {
        SplittableRandom random = new SplittableRandom(1);
        return new History("noise", List.of(of("noise", ticks, tick -> random.nextDouble())));
    }

    private static double noisySine(SplittableRandom random, long tick, double level) {
        double value = level * (3 + Math.sin(2 * Math.PI * tick / 24) + 0.4 * random.nextDouble());
        return random.nextDouble() < 0.02 ? Double.NaN : value;
    }

    /** A series whose values are a function of the tick. */
    static SeriesHistory of(String name, int ticks, LongToDoubleFunction value) {
        long[] times = new long[ticks];
        double[] values = new double[ticks];
        for (int i = 0; i < ticks; i++) {
            times[i] = i * HOUR;
            values[i] = value.applyAsDouble(i);
        }
        return new SeriesHistory(name, times, values);
    }

    /** A streaming transformer small enough to train in a test: T = 20, H = 6. */
    static ForecastSpec smallSpec() {
        return TestSpecs.streaming(HOUR, 4, 3, 6, 2, 8, 2, 16);
    }

    static TrainingData data(History history, ForecastSpec spec) {
        return TrainingData.of(history, spec, 0.2);
    }
}
