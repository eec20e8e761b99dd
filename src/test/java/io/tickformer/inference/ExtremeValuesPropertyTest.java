package io.tickformer.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.TestModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * Whatever finite values a series has, its forecasts are finite, in full as incrementally, those of
 * the series beside it are as they would be without it, and so are its own once it is itself again.
 */
final class ExtremeValuesPropertyTest {
    private static final List<ForecastSpec> SPECS =
            List.of(TestModels.STREAMING, TestModels.VANILLA, TestModels.BRITTLE);

    private static final int T = 10;

    /** Streams that no sensor sends and every topic has seen. */
    private enum Extreme {
        HUGE,
        ALTERNATING,
        LARGEST,
        DENORMAL,
        ZERO,
        CONSTANT,
        JUMPING,
        BEYOND_EXACT_INTEGERS,
        MIXED;

        double any(Random random) {
            double[] values =
                    switch (this) {
                        case HUGE -> new double[] {1e300, -1e300, 1};
                        case ALTERNATING -> new double[] {1e308, -1e308};
                        case LARGEST -> new double[] {Double.MAX_VALUE, 0, -Double.MAX_VALUE};
                        case DENORMAL -> new double[] {Double.MIN_VALUE, 0, -1e-310};
                        case ZERO -> new double[] {0, -0.0};
                        case CONSTANT -> new double[] {7.25};
                        case JUMPING -> new double[] {1, 1, 1, 1, 1e9, 1e9};
                        case BEYOND_EXACT_INTEGERS -> new double[] {0x1p53 + 2, 0x1p60, -0x1p62};
                        case MIXED -> new double[] {1e-300, 1e300, 0, -5, 1e9};
                    };
            return values[random.nextInt(values.length)];
        }
    }

    @Property(tries = 60)
    void everyForecastIsFiniteAndTheSeriesBesideItAndAfterwardsAreAsIfNothingHadBeen(
            @ForAll Extreme extreme,
            @ForAll @IntRange(max = 2) int which,
            @ForAll @IntRange(min = 1, max = 4) int capacity,
            @ForAll long seed) {
        ForecastSpec spec = SPECS.get(which);
        Random random = new Random(seed);
        try (ForecastModel model =
                        ForecastModel.open(TestModels.transformer(spec, 5), ExecutionProvider.CPU);
                MicroBatch alone = model.newMicroBatch(1, ForecastSelection.ALL);
                MicroBatch full = model.newMicroBatch(capacity, ForecastSelection.ALL);
                MicroBatch other =
                        model.objectionToIncremental().isEmpty()
                                ? model.newIncrementalMicroBatch(
                                        capacity,
                                        ForecastSelection.ALL,
                                        SideBySide.roomFor(spec, 2))
                                : model.newMicroBatch(capacity, ForecastSelection.ALL)) {
            SeriesContext bad = SeriesContext.of(spec);
            SeriesContext good = SeriesContext.of(spec);
            Forecast last = null;
            for (int tick = 0; tick < 5 * T; tick++) {
                boolean ordinary = tick < T || tick >= 3 * T;
                bad.update(tick, ordinary ? 10 + Math.sin(tick) : extreme.any(random));
                good.update(tick, 20 + Math.cos(tick));
                if (random.nextInt(8) == 0) {
                    other.forget("bad");
                }
                List<Forecast> ofFull = forecasts(full, bad, good);
                List<Forecast> ofOther = forecasts(other, bad, good);
                assertThat(ofOther.get(0).quality()).isEqualTo(ofFull.get(0).quality());
                assertNear(ofOther.get(1), ofFull.get(1));
                alone.add(good);
                alone.run();
                assertNear(ofFull.get(1), alone.forecast(0, "good"));
                alone.clear();
                last = ofOther.get(0);
                if (ordinary && tick != 3 * T) {
                    // Of a context that moves from one world to the other, rounding says little.
                    boolean settled = tick < T || tick >= 4 * T;
                    if (settled) {
                        assertNear(ofOther.get(0), ofFull.get(0));
                    }
                }
            }
            assertThat(last.quality()).isEqualTo(ForecastQuality.OK);
        }
    }

    @Test
    void anAnswerThatIsNoNumberIsAFallbackAndIsForgottenWithItsContext() {
        int peaks = 80;
        int ring = TestModels.BRITTLE.ringTicks();
        try (ForecastModel model = ForecastModel.open(TestModels.brittle(), ExecutionProvider.CPU);
                MicroBatch full = model.newMicroBatch(1, ForecastSelection.ALL)) {
            SeriesContext context = SeriesContext.of(TestModels.BRITTLE);
            List<ForecastQuality> qualities = new ArrayList<>();
            for (int tick = 0; tick < peaks + 2 * ring; tick++) {
                double value = tick < peaks ? TestModels.peak(tick) : TestModels.wave(tick);
                context.update(tick, value);
                full.add(context);
                full.run();
                qualities.add(full.forecast(0, "s").quality());
                full.clear();
            }

            assertThat(qualities.subList(peaks - 20, peaks)).containsOnly(ForecastQuality.FALLBACK);
            assertThat(qualities.subList(peaks + ring, peaks + 2 * ring))
                    .containsOnly(ForecastQuality.OK);
        }
    }

    private static List<Forecast> forecasts(
            MicroBatch batch, SeriesContext bad, SeriesContext good) {
        List<Forecast> forecasts = new ArrayList<>();
        String[] series = {"bad", "good"};
        SeriesContext[] contexts = {bad, good};
        int begin = 0;
        for (int i = 0; i < series.length; i++) {
            batch.add(series[i], contexts[i]);
            if (batch.isFull() || i == series.length - 1) {
                batch.run();
                for (int row = 0; row < batch.size(); row++) {
                    forecasts.add(batch.forecast(row, series[begin + row]));
                }
                begin += batch.size();
                batch.clear();
            }
        }
        forecasts.forEach(ExtremeValuesPropertyTest::assertSound);
        return forecasts;
    }

    /** Finite, and ascending within a step. */
    static void assertSound(Forecast forecast) {
        int levels = forecast.quantileLevels().length;
        for (int step = 0; step < forecast.horizon(); step++) {
            assertThat(Double.isFinite(forecast.mean()[step])).isTrue();
            for (int level = 0; level < levels; level++) {
                double quantile = forecast.quantile(step, level);
                assertThat(Double.isFinite(quantile)).isTrue();
                assertThat(quantile)
                        .isGreaterThanOrEqualTo(
                                level == 0 ? quantile : forecast.quantile(step, level - 1));
            }
        }
    }

    private static void assertNear(Forecast actual, Forecast expected) {
        assertThat(actual.quality()).isEqualTo(expected.quality());
        double size = 1;
        for (double value : expected.quantiles()) {
            size = Math.max(size, Math.abs(value));
        }
        for (int i = 0; i < expected.quantiles().length; i++) {
            assertThat(Math.abs(actual.quantiles()[i] - expected.quantiles()[i]) / size)
                    .isLessThan(1e-4);
        }
    }
}
