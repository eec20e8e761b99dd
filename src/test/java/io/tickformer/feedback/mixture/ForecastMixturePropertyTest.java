package io.tickformer.feedback.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.feedback.TestForecasts;
import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.issued.ScoredSteps;
import io.tickformer.feedback.issued.SimpleForecasts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What holds of a mixture whatever the series, the model and the absurdities in both. */
final class ForecastMixturePropertyTest {
    private static final int HORIZON = 6;
    private static final FeedbackShape SHAPE = TestForecasts.shape(HORIZON);
    private static final ScoredSteps STEPS = SHAPE.steps();

    /** Quantiles of the standard normal distribution, H x Q. */
    private static final double[] STANDARD = TestForecasts.normal(0, HORIZON, 0, 1).quantiles();

    @Property(tries = 60)
    void weightsSumToOneAndForecastsAreFiniteAndAscend(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 3) int wildness) {
        Play play = new Play(seed, wildness, 1, 0);
        for (int tick = 0; tick < 300; tick++) {
            Forecast mixed = play.next();
            for (int position = 0; position < STEPS.count(); position++) {
                double sum = 0;
                for (int expert = 0; expert < MixedForecasters.COUNT; expert++) {
                    double weight = play.mixture.weight(position, expert);
                    assertThat(weight).isBetween(0.0, 1.0);
                    sum += weight;
                }
                assertThat(sum).isCloseTo(1, within(1e-5));
            }
            for (int step = 0; step < HORIZON; step++) {
                assertThat(mixed.mean()[step]).isFinite();
                for (int level = 0; level < SHAPE.levels(); level++) {
                    assertThat(mixed.quantile(step, level)).isFinite();
                    assertThat(
                                    level == 0
                                            || !(mixed.quantile(step, level)
                                                    < mixed.quantile(step, level - 1)))
                            .isTrue();
                }
            }
        }
    }

    @Property(tries = 40)
    void aStateThatWasWrittenAndReadGoesOnAlike(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 3) int wildness,
            @ForAll @IntRange(min = 0, max = 150) int ticks)
            throws IOException {
        Play play = new Play(seed, wildness, 1, 0);
        Play twin = new Play(seed, wildness, 1, 0);
        for (int tick = 0; tick < ticks; tick++) {
            assertThat(play.next()).isEqualTo(twin.next());
        }
        play.mixture = copy(play.mixture);
        assertThat(play.mixture).isEqualTo(twin.mixture).hasSameHashCodeAs(twin.mixture);
        for (int tick = 0; tick < 150; tick++) {
            assertThat(play.next()).isEqualTo(twin.next());
        }
    }

    @Property(tries = 60)
    void forecastsOfAScaledAndShiftedSeriesAreScaledAndShifted(
            @ForAll long seed,
            @ForAll @IntRange(min = -40, max = 40) int exponent,
            @ForAll @DoubleRange(min = -1e3, max = 1e3) double shift) {
        double scale = Math.scalb(1.0, exponent);
        Play play = new Play(seed, 1, 1, 0);
        Play other = new Play(seed, 1, scale, scale * shift);
        for (int tick = 0; tick < 250; tick++) {
            Forecast mixed = play.next();
            Forecast scaled = other.next();
            assertThat(scaled.quality()).isEqualTo(mixed.quality());
            for (int i = 0; i < mixed.quantiles().length; i++) {
                double expected = scale * (mixed.quantiles()[i] + shift);
                // Spikes of the test are up to 1e4, and state is float32.
                assertThat(scaled.quantiles()[i]).isCloseTo(expected, within(scale * 0.2));
            }
        }
    }

    @Property(tries = 60)
    void aSpikeDoesNotPoisonWeightsForEver(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 3, max = 200) double exponent,
            @ForAll @IntRange(min = 0, max = 100) int at) {
        Play play = new Play(seed, 0, 1, 0);
        double[] weights = new double[STEPS.count()]; // means over the last 300 ticks
        for (int tick = 0; tick < 900; tick++) {
            play.spike = tick == at ? Math.pow(10, exponent) : 0;
            Forecast mixed = play.next();
            for (int position = 0; position < weights.length && tick >= 600; position++) {
                weights[position] += play.mixture.modelWeight(position) / 300;
            }
            if (tick > 860) {
                for (int step = 0; step < HORIZON; step++) {
                    assertThat(mixed.quantile(step, 3)).isBetween(-30.0, 30.0);
                    assertThat(mixed.quantile(step, 6) - mixed.quantile(step, 0)).isLessThan(60);
                }
            }
        }
        for (double weight : weights) {
            assertThat(weight).isGreaterThan(0.5);
        }
    }

    private static ForecastMixture copy(ForecastMixture mixture) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        mixture.writeTo(new DataOutputStream(bytes));
        assertThat(bytes.size()).isEqualTo(mixture.bytes());
        ForecastMixture copy = new ForecastMixture(new MixturePlan(SHAPE));
        copy.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        return copy;
    }

    /** A series that a seed makes up, its forecasts, and what the mixture makes of them. */
    private static final class Play {
        private static final int LONGEST = 1_000;

        private final Random random;
        private final int wildness;
        private final double scale;
        private final double shift;
        private final double[] values = new double[LONGEST];
        private final Forecast[] raws = new Forecast[LONGEST];
        private final SimpleForecasts[] simples = new SimpleForecasts[LONGEST];

        private ForecastMixture mixture = new ForecastMixture(new MixturePlan(SHAPE));
        private double spike;
        private double level;
        private double naive;
        private int tick;

        Play(long seed, int wildness, double scale, double shift) {
            this.random = new Random(seed);
            this.wildness = wildness;
            this.scale = scale;
            this.shift = shift;
            this.naive = shift;
        }

        Forecast next() {
            boolean isMissing = wildness > 0 && random.nextInt(10) == 0;
            boolean isSpike = wildness > 0 && random.nextInt(40) == 0;
            level += wildness > 1 && random.nextInt(50) == 0 ? 100 * random.nextGaussian() : 0;
            double noise = random.nextGaussian();
            double absurd = isSpike ? Math.pow(10, random.nextInt(2 + 2 * wildness)) : 0;
            double value = isMissing ? Double.NaN : scaled(level + noise + absurd + spike);
            values[tick] = value;
            naive = isMissing ? naive : value;
            if (!isMissing) {
                learn(value);
            }
            raws[tick] = model();
            simples[tick] = simple();
            Forecast mixed = Mixing.mix(mixture, SHAPE, raws[tick], simples[tick]);
            tick++;
            return mixed;
        }

        private double scaled(double value) {
            return scale * value + shift;
        }

        private void learn(double value) {
            for (int position = 0; position < STEPS.count(); position++) {
                int issued = tick - STEPS.step(position);
                if (issued >= 0 && STEPS.isRemembered(position, issued)) {
                    int step = STEPS.step(position) - 1;
                    boolean isModel = Mixing.isModel(raws[issued]);
                    mixture.observe(
                            position,
                            value,
                            isModel ? raws[issued].quantile(step, 3) : Double.NaN,
                            simples[issued].naive(),
                            simples[issued].seasonalNaive()[step],
                            0);
                }
            }
            mixture.endTick();
        }

        private Forecast model() {
            double error = 0.3 * random.nextGaussian();
            boolean isBroken = wildness > 0 && tick % 200 > 150;
            boolean isFinite = wildness < 2 || random.nextInt(20) > 0;
            double centre = scaled(level + error + (isBroken ? 50 : 0));
            Forecast normal = normal(isFinite ? centre : Double.NaN);
            return wildness == 3 && random.nextInt(20) == 0 ? standIn(normal) : normal;
        }

        private Forecast normal(double centre) {
            double[] quantiles = STANDARD.clone();
            for (int i = 0; i < quantiles.length; i++) {
                quantiles[i] = centre + scale * quantiles[i];
            }
            return TestForecasts.of(tick, quantiles, centre);
        }

        private static Forecast standIn(Forecast raw) {
            return raw.withValues(raw.quantiles(), raw.mean(), ForecastQuality.FALLBACK, false);
        }

        private SimpleForecasts simple() {
            double[] seasonal = new double[HORIZON];
            for (int step = 0; step < HORIZON; step++) {
                int source = tick + 1 + step - 24;
                seasonal[step] = source < 0 ? Double.NaN : values[source];
            }
            return new SimpleForecasts(naive, seasonal);
        }
    }
}
