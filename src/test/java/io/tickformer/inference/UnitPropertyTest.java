package io.tickformer.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.Normalisation;
import io.tickformer.spec.SeasonalPath;
import io.tickformer.testing.TestModels;
import io.tickformer.testing.TestSpecs;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Forecasts follow unit and zero point, and depend on nothing older than the ring. */
final class UnitPropertyTest {
    private static final double TOLERANCE = 1e-3;

    private static ForecastSpec spec(int patch, int window, int layers, boolean seasonal) {
        ForecastSpec spec =
                TestSpecs.streaming(60_000, patch, window, 5, layers, 8, 2, 16)
                        .withQuantileLevels(List.of(0.1, 0.5, 0.9))
                        .withNormalisation(new Normalisation(64, 64));
        int seasons = spec.contextLength() / 3;
        return seasonal && seasons > 0
                ? spec.withSeasonalPath(new SeasonalPath(3, Math.min(4, seasons)))
                : spec;
    }

    private static double[] values(Random random, int ticks) {
        double[] values = new double[ticks];
        for (int i = 0; i < ticks; i++) {
            boolean missing = i > 0 && random.nextInt(12) == 0;
            values[i] = missing ? Double.NaN : Math.sin(i / 3.0) + 0.3 * random.nextGaussian();
            values[i] += i > ticks / 2 ? 9 : 0;
            values[i] += random.nextInt(80) == 0 ? 1e3 : 0;
        }
        return values;
    }

    private static Forecast forecast(ForecastModel model, double[] values, double a, double b) {
        SeriesContext context = SeriesContext.of(model.spec());
        for (int tick = 0; tick < values.length; tick++) {
            if (Double.isNaN(values[tick])) {
                context.advanceTo(tick);
            } else {
                context.update(tick, a * values[tick] + b);
            }
        }
        try (MicroBatch batch = model.newMicroBatch(1, ForecastSelection.ALL)) {
            batch.add(context);
            batch.run();
            return batch.forecast(0, "s");
        }
    }

    @Property(tries = 40)
    void theForecastOfAnotherUnitAndZeroPointIsTheSameForecast(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 4) int patch,
            @ForAll @IntRange(min = 1, max = 4) int window,
            @ForAll @IntRange(min = 1, max = 2) int layers,
            @ForAll boolean seasonal,
            @ForAll @IntRange(min = -9, max = 9) int magnitude) {
        byte[] file = TestModels.transformer(spec(patch, window, layers, seasonal), seed);
        Random random = new Random(seed);
        double[] values = values(random, 300);
        double a = Math.pow(10, magnitude);
        try (ForecastModel model = ForecastModel.open(file, ExecutionProvider.CPU)) {
            Forecast expected = forecast(model, values, 1, 0);
            for (double spreads : new double[] {0, 1e3, -1e6, 1e9}) {
                double b = a * spreads;
                Forecast actual = forecast(model, values, a, b);
                for (int i = 0; i < expected.mean().length; i++) {
                    assertThat(Math.abs((actual.mean()[i] - b) / a - expected.mean()[i]))
                            .isLessThan(TOLERANCE);
                }
                for (int i = 0; i < expected.quantiles().length; i++) {
                    assertThat(Math.abs((actual.quantiles()[i] - b) / a - expected.quantiles()[i]))
                            .isLessThan(TOLERANCE);
                }
            }
        }
    }

    @Property(tries = 40)
    void afterTheTicksOfARingTheForecastIsTheSameWhateverCameBefore(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 4) int patch,
            @ForAll @IntRange(min = 1, max = 4) int window,
            @ForAll boolean seasonal) {
        ForecastSpec spec = spec(patch, window, 2, seasonal);
        int ring = spec.ringTicks();
        Random random = new Random(seed);
        double[] values = values(random, 2 * ring);
        double[] other = values.clone();
        for (int i = 0; i < ring; i++) {
            other[i] = 1e6 * random.nextGaussian();
        }
        try (ForecastModel model =
                ForecastModel.open(TestModels.transformer(spec, seed), ExecutionProvider.CPU)) {
            assertThat(forecast(model, other, 1, 0)).isEqualTo(forecast(model, values, 1, 0));
        }
    }
}
