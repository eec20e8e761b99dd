package io.tickformer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.context.Frame;
import io.tickformer.context.SeasonalInputEncoder;
import io.tickformer.context.SeriesContext;
import io.tickformer.context.TokenEncoder;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.model.TokenInputs;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SeasonalPath;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Windows of records whose channels share a token. */
class ChannelWindowsTest {
    private final ForecastSpec spec =
            Histories.smallSpec()
                    .withSeasonalPath(new SeasonalPath(3, 4))
                    .withChannels(ChannelHistories.CHANNELS);
    private final TrainingData data = Histories.data(ChannelHistories.gappy(400), spec);

    @Test
    void theTokensOfATrainingWindowAreThoseOfServingBitForBit() {
        TokenEncoder encoder = new TokenEncoder(spec);
        SeasonalInputEncoder recentEncoder = new SeasonalInputEncoder(spec.seasonalPath());
        try (WindowBatch served = new WindowBatch(spec, 1)) {
            for (int record = 0; record < data.series().size(); record++) {
                TrainingSeries series = data.series().get(record);
                SeriesContext serving = SeriesContext.of(spec);
                for (long tick = series.firstTick(); tick < series.endTick(); tick++) {
                    serve(serving, series, tick);
                    WindowBatch.Writer out = served.writer();
                    List<Frame> frames =
                            encoder.encode(
                                    serving,
                                    out.values(),
                                    out.observed(),
                                    out.features(),
                                    out.present());
                    FloatBuffer recent = FloatBuffer.allocate(spec.recentValues());
                    for (int i = 0; i < frames.size(); i++) {
                        int channel = i;
                        recentEncoder.encode(
                                n -> serving.valueAt(n, channel), tick, frames.get(i), recent);
                    }
                    try (WindowBatch trained = encode(WindowPosition.undisturbed(record, tick))) {
                        assertSame(trained.values(), served.values());
                        assertSame(trained.observed(), served.observed());
                        assertSame(trained.features(), served.features());
                        assertSame(trained.present(), served.present());
                        assertThat(recentOfLastToken(trained)).isEqualTo(recent.array());
                    }
                }
            }
        }
    }

    private static void serve(SeriesContext context, TrainingSeries series, long tick) {
        double[] values = new double[2];
        series.values(tick, tick + 1).load(tick, values);
        if (Arrays.stream(values).allMatch(Double::isNaN)) {
            context.advanceTo(tick);
        } else {
            context.update(tick, values);
        }
    }

    private float[] recentOfLastToken(WindowBatch batch) {
        float[] all = batch.inputs().get(TokenInputs.RECENT).toFloats();
        return Arrays.copyOfRange(all, all.length - spec.recentValues(), all.length);
    }

    @Test
    void aTargetInItsChannelsFrameComesBackToTheValueOfItsTick() {
        WindowPosition window = WindowPosition.undisturbed(1, 200);
        double[] locations = new double[2 * spec.tokens()];
        double[] scales = new double[2 * spec.tokens()];
        new TokenEncoder(spec)
                .frames(data.series().get(1).contextAt(window.end()), locations, scales);
        try (WindowBatch batch = encode(window)) {
            float[] targets = batch.targets().toFloats();
            float[] weights = batch.weights().toFloats();
            for (int i = 0; i < targets.length; i++) {
                int position = i / spec.horizon(); // token and channel
                int token = position / 2;
                int channel = position % 2;
                long end = window.end() - (spec.tokens() - 1L - token) * 4;
                long tick = end + 1 + i % spec.horizon();
                double value = data.series().get(1).values(tick, tick + 1).at(tick, channel);
                if (Double.isNaN(value)) {
                    assertThat(weights[i]).isZero();
                } else {
                    assertThat(targets[i] * scales[position] + locations[position])
                            .isCloseTo(value, within(1e-4));
                    assertThat(weights[i]).isPositive().isLessThanOrEqualTo(1);
                }
            }
        }
    }

    @Test
    void theTargetsOfAChannelThatARecordLacksWeighNothing() {
        try (WindowBatch batch = encode(WindowPosition.undisturbed(2, 200))) {
            float[] weights = batch.weights().toFloats();
            float[] observed = batch.observed().toFloats();
            for (int i = 0; i < weights.length; i++) {
                if (i / spec.horizon() % 2 == 1) {
                    assertThat(weights[i]).isZero();
                }
            }
            for (int i = 0; i < observed.length; i++) {
                if (i / 4 % 2 == 1) {
                    assertThat(observed[i]).isZero();
                }
            }
            assertThat(weights).contains(1);
            assertThat(observed).contains(1);
        }
    }

    @Test
    void someRunsAreTakenOutOfAllChannelsAndSomeOfOne() {
        WindowSampler sampler = new WindowSampler(data, 1);
        SplittableRandom random = new SplittableRandom(1);
        boolean[] found = new boolean[4];
        for (int i = 0; i < 200; i++) {
            for (int channel : sampler.draw(random).missing().channels()) {
                found[channel + 1] = true;
            }
        }

        assertThat(found).containsExactly(true, true, true, false);
    }

    private WindowBatch encode(WindowPosition window) {
        WindowBatch batch = new WindowBatch(spec, 1);
        TargetRange all = new TargetRange(Long.MIN_VALUE, Long.MAX_VALUE, false);
        assertThat(new WindowEncoder(data).encode(window, all, batch.writer())).isTrue();
        return batch;
    }

    private static void assertSame(HostTensor actual, HostTensor expected) {
        assertThat(actual.toFloats()).isEqualTo(expected.toFloats());
    }
}
