package io.tickformer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.context.Frame;
import io.tickformer.context.SeasonalInputEncoder;
import io.tickformer.context.SeriesContext;
import io.tickformer.context.TokenEncoder;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickDefinition;
import io.tickformer.history.History;
import io.tickformer.history.TickSeries;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.model.TokenInputs;
import io.tickformer.spec.CalendarFeature;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SeasonalPath;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrainingWindowsTest {
    private static final int P = 4;

    private final ForecastSpec spec =
            Histories.smallSpec()
                    .withCalendarFeatures(
                            List.of(CalendarFeature.HOUR_OF_DAY, CalendarFeature.DAY_OF_WEEK))
                    .withSeasonalPath(new SeasonalPath(3, 4));

    @Test
    void theTokensOfATrainingWindowAreThoseOfServingBitForBit() {
        TrainingData data = Histories.data(Histories.sines(2, 300), spec);
        TickSeries ticks = data.series().get(1).channel(0).orElseThrow();
        SeriesContext serving = SeriesContext.of(spec);
        TokenEncoder encoder = new TokenEncoder(spec);
        SeasonalInputEncoder recentEncoder = new SeasonalInputEncoder(spec.seasonalPath());
        try (WindowBatch served = new WindowBatch(spec, 1)) {
            for (long tick = ticks.firstTick(); tick < ticks.endTick(); tick++) {
                double value = ticks.valueAt(tick);
                if (Double.isNaN(value)) {
                    serving.advanceTo(tick);
                } else {
                    serving.update(tick, value);
                }
                WindowBatch.Writer out = served.writer();
                Frame frame =
                        encoder.encode(
                                        serving,
                                        out.values(),
                                        out.observed(),
                                        out.features(),
                                        out.present())
                                .get(0);
                FloatBuffer recent = FloatBuffer.allocate(spec.recentTicks());
                recentEncoder.encode(serving::valueAt, tick, frame, recent);
                try (WindowBatch trained = encode(data, WindowPosition.undisturbed(1, tick))) {
                    assertSame(trained.values(), served.values());
                    assertSame(trained.observed(), served.observed());
                    assertSame(trained.features(), served.features());
                    assertSame(trained.present(), served.present());
                    assertThat(ofToken(trained, spec.tokens() - 1)).isEqualTo(recent.array());
                }
            }
        }
    }

    @Test
    void anEarlyTokenSeesTheSeasonsThatItWouldHaveSeenAsTheLast() {
        TrainingData data = Histories.data(Histories.sines(2, 300), spec);
        int patch = spec.network().patchLength();
        try (WindowBatch window = encode(data, WindowPosition.undisturbed(1, 200))) {
            for (int token = 0; token < spec.tokens(); token++) {
                long end = 200 - (long) (spec.tokens() - 1 - token) * patch;
                try (WindowBatch own = encode(data, WindowPosition.undisturbed(1, end))) {
                    assertThat(ofToken(window, token))
                            .usingComparatorWithPrecision(1e-5f)
                            .containsExactly(ofToken(own, spec.tokens() - 1));
                }
            }
        }
    }

    /** R recent ticks of a token of the first window. */
    private float[] ofToken(WindowBatch batch, int token) {
        float[] all = batch.inputs().get(TokenInputs.RECENT).toFloats();
        int ticks = spec.recentTicks();
        return Arrays.copyOfRange(all, token * ticks, (token + 1) * ticks);
    }

    @Test
    void changingLaterValuesChangesNoTokenAndNoEarlierTarget() {
        History history = Histories.sines(1, 300);
        TickSeries series =
                TickSeries.of(
                        history.series().get(0),
                        TickDefinition.of(Histories.HOUR, TickAggregate.MEAN));
        History other =
                new History(
                        "changed",
                        List.of(
                                Histories.of(
                                        "s0",
                                        300,
                                        tick -> tick <= 150 ? series.valueAt(tick) : 1e6 + tick)));
        WindowPosition window = WindowPosition.undisturbed(0, 150);
        try (WindowBatch one = encode(Histories.data(history, spec), window);
                WindowBatch two = encode(Histories.data(other, spec), window)) {
            assertSame(two.values(), one.values());
            assertSame(two.observed(), one.observed());
            assertSame(two.features(), one.features());
            assertSame(two.present(), one.present());
            float[] before = one.targets().toFloats();
            float[] after = two.targets().toFloats();
            for (int i = 0; i < before.length; i++) {
                float expected =
                        targetTick(window, i) <= 150 ? before[i] : WindowEncoder.LARGEST_TARGET;
                assertThat(after[i]).isEqualTo(expected);
            }
        }
    }

    @Test
    void aTargetInItsTokensFrameComesBackToTheValueOfItsTick() {
        TrainingData data = Histories.data(Histories.sines(2, 300), spec);
        WindowPosition window = WindowPosition.undisturbed(1, 160);
        double[] locations = new double[spec.tokens()];
        double[] scales = new double[spec.tokens()];
        new TokenEncoder(spec)
                .frames(data.series().get(1).contextAt(window.end()), locations, scales);
        try (WindowBatch batch = encode(data, window)) {
            float[] targets = batch.targets().toFloats();
            float[] weights = batch.weights().toFloats();
            for (int i = 0; i < targets.length; i++) {
                double value =
                        data.series()
                                .get(1)
                                .channel(0)
                                .orElseThrow()
                                .valueAt(targetTick(window, i));
                int token = i / spec.horizon();
                if (Double.isNaN(value)) {
                    assertThat(weights[i]).isZero();
                } else {
                    assertThat(targets[i] * scales[token] + locations[token])
                            .isCloseTo(value, within(1e-4));
                    assertThat(weights[i]).isPositive().isLessThanOrEqualTo(1);
                }
            }
        }
    }

    @Test
    void noTargetOfTrainingValidatesAndNoTargetOfValidationIsTrainedOn() {
        TrainingData data = ramp();
        assertThat(data.cut()).isEqualTo(240);
        WindowSampler sampler = new WindowSampler(data, 1);
        SplittableRandom random = new SplittableRandom(1);
        long latest = 0;
        for (int i = 0; i < 2000; i++) {
            WindowPosition window = sampler.draw(random);
            try (WindowBatch batch = encode(data, window)) {
                float[] weights = batch.weights().toFloats();
                for (int k = 0; k < weights.length; k++) {
                    latest = weights[k] > 0 ? Math.max(latest, targetTick(window, k)) : latest;
                }
            }
        }
        assertThat(latest).isEqualTo(239);

        List<WindowPosition> validation = ValidationWindows.choose(data, 1000);
        assertThat(validation.get(0).end()).isEqualTo(239);
        assertThat(validation.get(validation.size() - 1).end()).isEqualTo(300 - 1 - spec.horizon());
    }

    @Test
    void noTensorOfTrainingDependsOnAValueThatValidates() {
        // Shorter than the half-life, by which the scale of a series counts as known.
        TrainingData data = withLastValues(1);
        TrainingData other = withLastValues(1000);
        assertThat(other.cut()).isEqualTo(data.cut());
        try (WindowBatch batch = new WindowBatch(spec, 32);
                WindowBatch otherBatch = new WindowBatch(spec, 32)) {
            new WindowSampler(data, 1).fill(batch, 1);
            new WindowSampler(other, 1).fill(otherBatch, 1);

            batch.named()
                    .forEach((name, tensor) -> assertSame(otherBatch.named().get(name), tensor));
        }
    }

    /** 100 ticks, the last 20 of which validate; those are multiplied. */
    private TrainingData withLastValues(double factor) {
        return Histories.data(
                new History(
                        "ends",
                        List.of(
                                Histories.of(
                                        "a",
                                        100,
                                        tick ->
                                                Math.sin((double) tick)
                                                        * (tick < 80 ? 1 : factor)))),
                spec);
    }

    @Test
    void aFreshWindowHasNoTokensBeforeItsStart() {
        TrainingData data = Histories.data(Histories.sines(1, 300), spec);
        try (WindowBatch batch = encode(data, new WindowPosition(0, 150, 143, RemovedTicks.NONE))) {
            assertThat(batch.present().toFloats()).containsExactly(0, 0, 0, 1, 1);
            float[] weights = batch.weights().toFloats();
            for (int i = 0; i < 3 * spec.horizon(); i++) {
                assertThat(weights[i]).isZero();
            }
            assertThat(weights[weights.length - 1]).isPositive();
        }
    }

    @Test
    void runsTakenOutAreMissingForTheTokensButStillTargets() {
        RemovedTicks runs = new RemovedTicks(new long[] {132, 146}, new long[] {135, 149});
        try (WindowBatch batch =
                encode(ramp(), new WindowPosition(0, 150, WindowPosition.NOT_FRESH, runs))) {
            float[] observed = batch.observed().toFloats();
            for (int i = 0; i < observed.length; i++) {
                long tick = 151L - observed.length + i;
                assertThat(observed[i]).isEqualTo(runs.contains(tick, 0) ? 0 : 1);
            }
            assertThat(observed).contains(0, 1);
            assertThat(batch.weights().toFloats()).doesNotContain(0);
        }
    }

    @Test
    void aStepDrawsTheSameWindowsWheneverItIsTaken() {
        TrainingData data = Histories.data(Histories.sines(3, 300), spec);
        try (WindowBatch first = new WindowBatch(spec, 8);
                WindowBatch again = new WindowBatch(spec, 8);
                WindowBatch next = new WindowBatch(spec, 8);
                WindowBatch otherSeed = new WindowBatch(spec, 8)) {
            new WindowSampler(data, 5).fill(first, 17);
            WindowSampler sampler = new WindowSampler(data, 5);
            sampler.fill(next, 18);
            sampler.fill(again, 17);
            new WindowSampler(data, 6).fill(otherSeed, 17);

            assertSame(again.values(), first.values());
            assertSame(again.targets(), first.targets());
            assertThat(next.values().toFloats()).isNotEqualTo(first.values().toFloats());
            assertThat(otherSeed.values().toFloats()).isNotEqualTo(first.values().toFloats());
        }
    }

    @Test
    void seriesOfVeryDifferentScaleGiveTokensAndTargetsOfOneScale() {
        TrainingData data = Histories.data(Histories.sines(7, 300), spec);
        try (WindowBatch small = encode(data, WindowPosition.undisturbed(0, 200));
                WindowBatch large = encode(data, WindowPosition.undisturbed(6, 200))) {
            assertThat(largest(small.values())).isBetween(0.5f, 3f);
            assertThat(largest(large.values())).isBetween(0.5f, 3f);
            assertThat(largest(large.targets())).isBetween(0.5f, 3f);
        }
    }

    @Test
    void tooLittleHistoryIsRefusedWithWhatIsNeeded() {
        History history =
                new History("a.csv, lines 2 to 32", List.of(Histories.of("a", 31, tick -> tick)));

        assertThatThrownBy(() -> Histories.data(history, spec))
                .isInstanceOf(TrainingException.class)
                .hasMessage(
                        "a.csv, lines 2 to 32, column \"a\": too little history, 31 ticks of"
                                + " 3600000 ms from its first value to its last; expected at least"
                                + " 32, a context of 20 and twice the horizon of 6: give more rows,"
                                + " or a shorter horizon or context");
    }

    private TrainingData ramp() {
        return Histories.data(
                new History("ramp", List.of(Histories.of("ramp", 300, tick -> tick))), spec);
    }

    /** The tick that element i of a window's targets speaks of. */
    private long targetTick(WindowPosition window, int i) {
        int token = i / spec.horizon();
        int step = i % spec.horizon();
        return window.end() - (spec.tokens() - 1L - token) * P + 1 + step;
    }

    private static void assertSame(HostTensor actual, HostTensor expected) {
        assertThat(actual.toFloats()).isEqualTo(expected.toFloats());
    }

    private static float largest(HostTensor tensor) {
        float largest = 0;
        for (float value : tensor.toFloats()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private WindowBatch encode(TrainingData data, WindowPosition window) {
        WindowBatch batch = new WindowBatch(spec, 1);
        boolean written =
                new WindowEncoder(data).encode(window, TargetRange.training(data), batch.writer());
        assertThat(written).isTrue();
        return batch;
    }
}
