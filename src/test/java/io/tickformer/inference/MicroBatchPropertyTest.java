package io.tickformer.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.ForecastCheck;
import io.tickformer.testing.TestModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

final class MicroBatchPropertyTest {
    private static final List<ForecastModel> MODELS =
            List.of(
                    ForecastModel.open(
                            TestModels.transformer(TestModels.STREAMING, 3), ExecutionProvider.CPU),
                    ForecastModel.open(
                            TestModels.transformer(TestModels.VANILLA, 4), ExecutionProvider.CPU));

    @AfterContainer
    static void closeModels() {
        MODELS.forEach(ForecastModel::close);
    }

    /** A context with gaps, outliers and any length of history. */
    private static SeriesContext context(ForecastSpec spec, Random random) {
        SeriesContext context = SeriesContext.of(spec);
        double level = 1000 * random.nextGaussian();
        int ticks = 1 + random.nextInt(3 * spec.contextLength());
        for (int tick = 0; tick < ticks; tick++) {
            if (tick == 0 || random.nextInt(4) > 0) {
                double outlier = random.nextInt(20) == 0 ? 100 : 1;
                context.update(tick, level + 10 * outlier * random.nextGaussian());
            }
        }
        return context;
    }

    @Property(tries = 60)
    void aMicroBatchOfNEqualsNSingles(
            @ForAll @IntRange(max = 1) int model,
            @ForAll @IntRange(min = 1, max = 33) int size,
            @ForAll long seed) {
        ForecastModel under = MODELS.get(model);
        Random random = new Random(seed);
        List<SeriesContext> contexts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            contexts.add(context(under.spec(), random));
        }
        try (MicroBatch batch = under.newMicroBatch(33, ForecastSelection.ALL);
                MicroBatch single = under.newMicroBatch(1, ForecastSelection.ALL)) {
            contexts.forEach(batch::add);
            batch.run();
            for (int i = 0; i < size; i++) {
                single.clear();
                single.add(contexts.get(i));
                single.run();
                ForecastCheck.assertSame(batch.forecast(i, "s"), single.forecast(0, "s"));
            }
        }
    }

    /** Whatever the micro-batch held before leaves no trace. */
    @Property(tries = 30)
    void aMicroBatchForgetsWhatItHeld(@ForAll long seed, @ForAll @IntRange(max = 1) int model) {
        ForecastModel under = MODELS.get(model);
        Random random = new Random(seed);
        SeriesContext context = context(under.spec(), random);
        try (MicroBatch used = under.newMicroBatch(3, ForecastSelection.ALL);
                MicroBatch fresh = under.newMicroBatch(3, ForecastSelection.ALL)) {
            for (int i = 0; i < 3; i++) {
                used.add(context(under.spec(), random));
            }
            used.run();
            used.clear();
            used.add(context);
            used.run();
            fresh.add(context);
            fresh.run();

            assertThat(used.forecast(0, "s")).isEqualTo(fresh.forecast(0, "s"));
        }
    }

    @Property(tries = 50)
    void quantileForecastsAscendWithinAStep(
            @ForAll long seed, @ForAll @IntRange(max = 1) int model) {
        ForecastModel under = MODELS.get(model);
        try (MicroBatch batch = under.newMicroBatch(1, ForecastSelection.ALL)) {
            batch.add(context(under.spec(), new Random(seed)));
            batch.run();
            Forecast forecast = batch.forecast(0, "s");
            for (int step = 0; step < forecast.horizon(); step++) {
                for (int level = 1; level < forecast.quantileLevels().length; level++) {
                    assertThat(forecast.quantile(step, level))
                            .isGreaterThanOrEqualTo(forecast.quantile(step, level - 1));
                }
            }
        }
    }
}
