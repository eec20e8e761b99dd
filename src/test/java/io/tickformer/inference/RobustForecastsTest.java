package io.tickformer.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.testing.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the shipped universal model makes of streams that are not clean: errors against the clean
 * series, of the median over 48 ticks, averaged over series of a day of 24 ticks and a week, with
 * noise.
 */
final class RobustForecastsTest {
    private static final int SERIES = 6;
    private static final int TICKS = 2_600;
    private static final int STEPS = 48;
    private static final double SPREAD = 0.8;

    private static ForecastModel model;
    private static int patch;

    /** Changes a series from a tick on; what is true afterwards is in the second array. */
    @FunctionalInterface
    private interface Fault {
        void put(double[] seen, double[] truth, int at);
    }

    @BeforeAll
    static void open() throws IOException {
        byte[] file = Files.readAllBytes(Repository.root().resolve("models/universal.onnx"));
        model = ForecastModel.open(file, ExecutionProvider.CPU);
        patch = model.spec().network().patchLength();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static double[] series(long seed) {
        Random random = new Random(seed);
        double[] values = new double[TICKS];
        for (int i = 0; i < TICKS; i++) {
            double week = 1 + 0.5 * Math.sin(2 * Math.PI * i / 168);
            values[i] = 30 + week * Math.sin(2 * Math.PI * i / 24) + 0.4 * random.nextGaussian();
        }
        return values;
    }

    private static int faultOf(long seed) {
        return 1_900 + 17 * (int) seed;
    }

    /** The mean error at a cutoff. */
    private static double error(double[] seen, double[] truth, int cutoff) {
        SeriesContext context = SeriesContext.of(model.spec());
        for (int tick = 0; tick <= cutoff; tick++) {
            context.update(tick, seen[tick]);
        }
        try (MicroBatch batch = model.newMicroBatch(1, ForecastSelection.ALL)) {
            batch.add(context);
            batch.run();
            Forecast forecast = batch.forecast(0, "s");
            int median = Arrays.binarySearch(forecast.quantileLevels(), 0.5);
            double sum = 0;
            for (int step = 0; step < STEPS; step++) {
                sum += Math.abs(forecast.quantile(step, median) - truth[cutoff + 1 + step]);
            }
            return sum / STEPS;
        }
    }

    private static double naiveError(double[] truth, int cutoff) {
        double sum = 0;
        for (int step = 0; step < STEPS; step++) {
            sum += Math.abs(truth[cutoff] - truth[cutoff + 1 + step]);
        }
        return sum / STEPS;
    }

    /** The error so many ticks after a fault, as a multiple of that of the clean series. */
    private static double ratio(Fault fault, int after) {
        return sumOfErrors(fault, after) / sumOfErrors((seen, truth, at) -> {}, after);
    }

    private static double sumOfErrors(Fault fault, int after) {
        double sum = 0;
        for (long seed = 1; seed <= SERIES; seed++) {
            double[] seen = series(seed);
            double[] truth = series(seed);
            fault.put(seen, truth, faultOf(seed));
            sum += error(seen, truth, faultOf(seed) + after);
        }
        return sum;
    }

    private static double sumOfNaive(Fault fault, int after) {
        double sum = 0;
        for (long seed = 1; seed <= SERIES; seed++) {
            double[] truth = series(seed);
            fault.put(truth.clone(), truth, faultOf(seed));
            sum += naiveError(truth, faultOf(seed) + after);
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e3, -1e5, 1e9})
    void oneReadingOfAnySizeIsForgottenAPatchLater(double spreads) {
        Fault spike = (seen, truth, at) -> seen[at] += spreads * SPREAD;

        assertThat(ratio(spike, patch)).isLessThan(1.2);
    }

    @Test
    void oneReadingInAHundredOfAnySizeLeavesTheForecastsAlone() {
        Fault spikes =
                (seen, truth, at) -> {
                    Random random = new Random(at);
                    for (int tick = 500; tick <= at; tick++) {
                        if (random.nextInt(100) == 0) {
                            seen[tick] += Math.pow(10, 3 + 6 * random.nextDouble()) * SPREAD;
                        }
                    }
                };

        assertThat(ratio(spikes, patch)).isLessThan(1.2);
    }

    private static Fault alternating(int readings) {
        return (seen, truth, at) -> {
            for (int i = 0; i < readings; i++) {
                seen[at - i] += (i % 2 == 0 ? 1e4 : -1e4) * SPREAD;
            }
        };
    }

    @Test
    void readingsThatAlternateInSignAreForgottenAPatchLater() {
        assertThat(ratio(alternating(4), patch)).isLessThan(1.2);
    }

    @Test
    void halfAPatchThatAlternatesInSignIsForgottenTwoPatchesLater() {
        assertThat(ratio(alternating(12), 2 * patch)).isLessThan(1.2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 50, 1e3, 1e6})
    void readingsInAnotherUnitAreForgottenTwoPatchesLater(double factor) {
        for (double zero : new double[] {0, 30}) {
            Fault slip =
                    (seen, truth, at) -> {
                        for (int i = 0; i < 10; i++) {
                            seen[at - i] = zero + factor * (seen[at - i] - zero);
                        }
                    };

            assertThat(ratio(slip, 2 * patch)).as("from %s", zero).isLessThan(1.2);
        }
    }

    @Test
    void anHourOfZerosIsForgottenTwoPatchesLater() {
        Fault zeros = (seen, truth, at) -> Arrays.fill(seen, at - 12, at, 0);

        assertThat(ratio(zeros, 2 * patch)).isLessThan(1.2);
    }

    @Test
    void aValueThatWasStuckIsForgottenAPatchLater() {
        Fault stuck = (seen, truth, at) -> Arrays.fill(seen, at - 12, at, seen[at - 12]);

        assertThat(ratio(stuck, patch)).isLessThan(1.2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {5, -5, 20, -20, 100})
    void aLastingShiftIsFollowedWithinTwoPatches(double spreads) {
        Fault shift =
                (seen, truth, at) -> {
                    for (int tick = at; tick < TICKS; tick++) {
                        seen[tick] += spreads * SPREAD;
                        truth[tick] += spreads * SPREAD;
                    }
                };

        assertThat(sumOfErrors(shift, 2 * patch)).isLessThan(sumOfNaive(shift, 2 * patch));
        assertThat(ratio(shift, 6 * patch)).isLessThan(1.5);
    }

    @Test
    void tenTimesTheSpreadIsFollowedWithinTwoPatches() {
        Fault wider =
                (seen, truth, at) -> {
                    for (int tick = at; tick < TICKS; tick++) {
                        seen[tick] = 30 + 10 * (seen[tick] - 30);
                        truth[tick] = 30 + 10 * (truth[tick] - 30);
                    }
                };

        assertThat(sumOfErrors(wider, 2 * patch)).isLessThan(sumOfNaive(wider, 2 * patch));
        assertThat(ratio(wider, 6 * patch) / 10).isLessThan(1.5);
    }
}
