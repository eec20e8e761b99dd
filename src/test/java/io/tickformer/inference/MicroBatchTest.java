package io.tickformer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.context.Frame;
import io.tickformer.context.SeasonalInputEncoder;
import io.tickformer.context.SeriesContext;
import io.tickformer.context.TokenEncoder;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.TestModels;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MicroBatchTest {
    private static final ForecastSpec SPEC = TestModels.STREAMING;
    private static final byte[] ONNX = TestModels.transformer(SPEC, 11);

    private final ForecastModel model = ForecastModel.open(ONNX, ExecutionProvider.CPU);
    private final MicroBatch batch = model.newMicroBatch(2, ForecastSelection.ALL);

    @AfterEach
    void close() {
        batch.close();
        model.close();
    }

    private static SeriesContext context(int ticks) {
        SeriesContext context = SeriesContext.of(SPEC);
        for (int tick = 0; tick < ticks; tick++) {
            context.update(tick, 100 + 10 * Math.sin(tick));
        }
        return context;
    }

    @Test
    void aForecastIsTheModelsAnswerInTheSeriesOwnUnit() {
        SeriesContext context = context(25);
        batch.add(context);
        batch.run();

        Forecast forecast = batch.forecast(0, "meter");

        int n = SPEC.tokens();
        try (GraphRunner runner = GraphRunner.open(ONNX, RunnerOptions.SERVING);
                HostTensor values = HostTensor.floats(1, n, 2);
                HostTensor observed = HostTensor.floats(1, n, 2);
                HostTensor features = HostTensor.floats(1, n, 2);
                HostTensor present = HostTensor.floats(1, n);
                HostTensor recent = HostTensor.floats(1, SPEC.recentTicks())) {
            Frame frame =
                    new TokenEncoder(SPEC)
                            .encode(
                                    context,
                                    values.floats(),
                                    observed.floats(),
                                    features.floats(),
                                    present.floats())
                            .get(0);
            new SeasonalInputEncoder(SPEC.seasonalPath())
                    .encode(context::valueAt, context.headTick(), frame, recent.floats());
            Map<String, HostTensor> answer =
                    runner.run(
                            Map.of(
                                    "values", values,
                                    "observed", observed,
                                    "features", features,
                                    "present", present,
                                    "recent", recent));
            float[] mean = answer.get("mean").toFloats();
            float[] quantiles = answer.get("quantiles").toFloats();
            for (int step = 0; step < SPEC.horizon(); step++) {
                assertThat(forecast.mean()[step])
                        .isEqualTo(mean[step] * frame.scale() + frame.location());
                Arrays.sort(quantiles, 3 * step, 3 * step + 3);
                for (int level = 0; level < 3; level++) {
                    assertThat(forecast.quantile(step, level))
                            .isEqualTo(
                                    quantiles[3 * step + level] * frame.scale() + frame.location());
                }
            }
            answer.values().forEach(HostTensor::close);
        }
        assertThat(forecast.series()).isEqualTo("meter");
        assertThat(forecast.tickIndex()).isEqualTo(24);
        assertThat(forecast.tickTimeMillis()).isEqualTo(24 * 60_000);
        assertThat(forecast.tickMillis()).isEqualTo(60_000);
        assertThat(forecast.modelName()).isEqualTo("test");
        assertThat(forecast.modelVersion()).isEqualTo("1");
        assertThat(forecast.observedTicks()).isEqualTo(18);
    }

    @Test
    void aForecastWarmsUpUntilTheContextIsFull() {
        batch.add(context(SPEC.contextLength() - 1));
        batch.add(context(SPEC.contextLength()));
        batch.run();

        assertThat(batch.forecast(0, "s").quality()).isEqualTo(ForecastQuality.WARMING_UP);
        assertThat(batch.forecast(1, "s").quality()).isEqualTo(ForecastQuality.OK);
    }

    @Test
    void aContextMayChangeOnceItIsAdded() {
        SeriesContext context = context(20);
        batch.add(context);
        context.update(20, 500);
        batch.add(context);
        batch.run();
        Forecast earlier = batch.forecast(0, "s");
        Forecast later = batch.forecast(1, "s");
        batch.clear();
        batch.add(context(20));
        batch.run();

        assertThat(earlier.tickIndex()).isEqualTo(19);
        assertThat(later.tickIndex()).isEqualTo(20);
        assertThat(batch.forecast(0, "s").mean())
                .usingComparatorWithPrecision(1e-3)
                .containsExactly(earlier.mean());
    }

    @Test
    void useOutOfOrderIsAnError() {
        batch.add(context(3));
        assertThatThrownBy(() -> batch.forecast(0, "s"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the forecast of row 0 is asked for; 0 rows have run");
        batch.run();
        assertThatThrownBy(() -> batch.add(context(3))).hasMessageContaining("has run");
        assertThatThrownBy(() -> batch.forecast(1, "s")).hasMessageContaining("row 1");
        batch.clear();
        batch.add(context(3));
        batch.add(context(3));
        assertThatThrownBy(() -> batch.add(context(3))).hasMessageContaining("is full");
        assertThatThrownBy(() -> model.newMicroBatch(0, ForecastSelection.ALL))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
