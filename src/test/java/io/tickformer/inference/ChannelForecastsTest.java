package io.tickformer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withPrecision;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.Tick;
import io.tickformer.inference.incremental.CacheOptions;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.ForecastCheck;
import io.tickformer.testing.TestModels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Forecasts of models that mix the channels of a record. */
final class ChannelForecastsTest {
    private static final double GONE = Double.NaN;
    private static final ForecastSpec SPEC = TestModels.CHANNELS;
    private static final ForecastModel MODEL =
            ForecastModel.open(TestModels.transformer(SPEC, 3), ExecutionProvider.CPU);

    @AfterAll
    static void closeModel() {
        MODEL.close();
    }

    private static SeriesContext context(Random random) {
        SeriesContext context = SeriesContext.of(SPEC);
        int ticks = 1 + random.nextInt(3 * SPEC.contextLength());
        for (int tick = 0; tick < ticks; tick++) {
            double[] values = new double[3];
            for (int channel = 0; channel < 3; channel++) {
                boolean there = tick == 0 || random.nextInt(4) > 0;
                values[channel] = there ? 100 * channel + random.nextGaussian() : GONE;
            }
            if (Arrays.stream(values).anyMatch(value -> !Double.isNaN(value))) {
                context.update(tick, values);
            }
        }
        return context;
    }

    private static List<Forecast> forecasts(List<SeriesContext> contexts) {
        List<Forecast> forecasts = new ArrayList<>();
        try (MicroBatch batch = MODEL.newMicroBatch(contexts.size(), ForecastSelection.ALL)) {
            contexts.forEach(batch::add);
            batch.run();
            for (int row = 0; row < contexts.size(); row++) {
                batch.forecasts(row, "m" + row, forecasts::add);
            }
        }
        return forecasts;
    }

    @Test
    void aRowOfAMicroBatchGivesAForecastOfEachChannel() {
        Random random = new Random(5);
        List<SeriesContext> contexts = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            contexts.add(context(random));
        }

        List<Forecast> together = forecasts(contexts);

        assertThat(together.subList(0, 3))
                .extracting(Forecast::series)
                .containsExactly("m0/power", "m0/voltage", "m0/phase.angle");
        for (int i = 0; i < contexts.size(); i++) {
            try (MicroBatch single = MODEL.newMicroBatch(1, ForecastSelection.ALL)) {
                single.add(contexts.get(i));
                single.run();
                List<Forecast> alone = new ArrayList<>();
                single.forecasts(0, "m" + i, alone::add);
                ForecastCheck.assertSame(together.subList(3 * i, 3 * i + 3), alone);
            }
        }
    }

    @Test
    void eachChannelIsForecastInItsOwnUnitAndFromAllOfThem() {
        SeriesContext context = SeriesContext.of(SPEC);
        SeriesContext scaled = SeriesContext.of(SPEC);
        SeriesContext other = SeriesContext.of(SPEC);
        for (int tick = 0; tick < 20; tick++) {
            double wave = Math.sin(tick / 3.0);
            context.update(tick, new double[] {wave, 20 + tick % 5, 7 + tick % 3});
            scaled.update(tick, new double[] {wave, 64 * (20 + tick % 5), 7 + tick % 3});
            other.update(tick, new double[] {wave, 20 + tick * tick % 5, 7 + tick % 3});
        }

        List<Forecast> plain = forecasts(List.of(context));
        List<Forecast> inOtherUnit = forecasts(List.of(scaled));
        List<Forecast> ofOtherVoltage = forecasts(List.of(other));

        // Nothing but the unit of the voltage differs: power is the same, voltage 64 times it.
        ForecastCheck.assertSame(inOtherUnit.get(0), plain.get(0));
        for (int step = 0; step < SPEC.horizon(); step++) {
            assertThat(inOtherUnit.get(1).mean()[step])
                    .isEqualTo(64.0 * plain.get(1).mean()[step], withPrecision(1e-2));
        }
        assertThat(ofOtherVoltage.get(0).mean()).isNotEqualTo(plain.get(0).mean());
    }

    @Test
    void aChannelThatWasNeverObservedHasNoForecastAndCountsItsOwnTicks() {
        SeriesContext context = SeriesContext.of(SPEC);
        for (int tick = 0; tick < 12; tick++) {
            context.update(tick, new double[] {tick, tick % 2 == 0 ? 230 : GONE, GONE});
        }

        List<Forecast> forecasts = forecasts(List.of(context));

        assertThat(forecasts)
                .extracting(Forecast::series)
                .containsExactly("m0/power", "m0/voltage");
        assertThat(forecasts).extracting(Forecast::observedTicks).containsExactly(12, 6);
        assertThat(forecasts).extracting(Forecast::quality).containsOnly(ForecastQuality.OK);
    }

    @Test
    void aSilentChannelIsForecastOnForAsLongAsFramesLookBackToIt() {
        List<Tick> ticks = new ArrayList<>();
        for (int tick = 0; tick < 40; tick++) {
            ticks.add(
                    new Tick("m", tick, new double[] {tick, tick < 5 ? 230 : GONE, 1 + tick % 3}));
        }

        List<Forecast> forecasts;
        try (OfflineForecasts offline = new OfflineForecasts(MODEL, 4, ForecastSelection.ALL)) {
            forecasts = offline.replay(ticks);
        }

        // Its last value, of tick 4, is in the block of ticks 4 to 7, which frames look back to for
        // as long as the head lies in it or in the next one.
        assertThat(forecasts).hasSize(3 * 12 + 2 * 28);
        Forecast last = forecasts.get(3 * 12 - 2);
        assertThat(last.series()).isEqualTo("m/voltage");
        assertThat(last.tickIndex()).isEqualTo(11);
        assertThat(last.observedTicks()).isEqualTo(5);
        assertThat(last.mean()[0]).isBetween(200.0, 260.0);
    }

    @Test
    void whatIsComputedTickByTickEqualsTheFullRecomputation() {
        Random random = new Random(8);
        SeriesContext context = SeriesContext.of(SPEC);
        List<Forecast> stepped = new ArrayList<>();
        List<Forecast> whole = new ArrayList<>();
        try (MicroBatch incremental =
                        MODEL.newIncrementalMicroBatch(
                                1, ForecastSelection.ALL, CacheOptions.direct(1 << 20));
                MicroBatch full = MODEL.newMicroBatch(1, ForecastSelection.ALL)) {
            for (int tick = 0; tick < 80; tick++) {
                double phase = tick < 15 || random.nextInt(5) == 0 ? GONE : random.nextGaussian();
                double voltage = random.nextInt(3) == 0 ? GONE : 230 + random.nextGaussian();
                if (tick % 13 != 12) {
                    context.update(tick, new double[] {random.nextGaussian(), voltage, phase});
                    forecast(incremental, context, stepped);
                    forecast(full, context, whole);
                }
                if (tick % 20 == 19) {
                    context.update(tick - 1, new double[] {GONE, 233, GONE});
                    incremental.forget("m");
                }
            }
            assertThat(incremental.cache().hits()).isGreaterThan(40);
        }

        ForecastCheck.assertSame(stepped, whole);
    }

    private static void forecast(MicroBatch batch, SeriesContext context, List<Forecast> out) {
        batch.add("m", context);
        batch.run();
        batch.forecasts(0, "m", out::add);
        batch.clear();
    }

    @Test
    void aModelThatMixesChannelsIsPutOnOtherTicksAndKeepsThem() {
        byte[] hourly = ModelTickRewriter.change(TestModels.transformer(SPEC, 3), 3_600_000);

        try (ForecastModel model = ForecastModel.open(hourly, ExecutionProvider.CPU)) {
            assertThat(model.spec()).isEqualTo(SPEC.withTickMillis(3_600_000));
        }
    }
}
