package io.tickformer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.Forecast;
import io.tickformer.event.Tick;
import io.tickformer.graph.Dim;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.spec.CalendarFeature;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.ForeignModels;
import io.tickformer.testing.TestModels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ModelTickRewriterTest {
    private static final long MINUTE = 60_000;

    @Test
    void onOtherTicksTheModelForecastsTheSameValuesAtOtherTimes() {
        byte[] own = TestModels.transformer(TestModels.STREAMING, 1);

        List<Forecast> before = forecasts(own);
        List<Forecast> after = forecasts(ModelTickRewriter.change(own, 5 * MINUTE));

        assertThat(after).hasSameSizeAs(before).isNotEmpty();
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i).quantiles()).isEqualTo(before.get(i).quantiles());
            assertThat(after.get(i).tickMillis()).isEqualTo(5 * MINUTE);
            assertThat(after.get(i).tickTimeMillis()).isEqualTo(5 * before.get(i).tickTimeMillis());
            assertThat(after.get(i).modelVersion()).isEqualTo(before.get(i).modelVersion());
        }
    }

    @Test
    void onItsOwnTicksTheFileStaysAsItIs() {
        byte[] own = TestModels.transformer(TestModels.STREAMING, 1);

        assertThat(ModelTickRewriter.change(own, MINUTE)).isSameAs(own);
    }

    @Test
    void aModelThatKnowsTheCalendarIsRefused() {
        ForecastSpec spec =
                TestModels.STREAMING.withCalendarFeatures(List.of(CalendarFeature.DAY_OF_WEEK));
        byte[] onnx = TestModels.transformer(spec, 1);

        assertThatThrownBy(() -> ModelTickRewriter.change(onnx, 1_000))
                .isInstanceOf(InferenceException.class)
                .hasMessage(
                        "the model has calendar features, [DAY_OF_WEEK], for ticks of 60000 ms;"
                                + " expected those ticks and not 1000 ms, or a model without"
                                + " calendar features");
    }

    @Test
    void aModelMadeElsewhereHasItsTickInItsSpecFile() {
        assertThatThrownBy(() -> ModelTickRewriter.change(ForeignModels.plain(Dim.BATCH), 1_000))
                .isInstanceOf(InferenceException.class)
                .hasMessageContaining("write the tick into its spec file");
    }

    @Test
    void whatIsNoModelIsRefused() {
        assertThatThrownBy(() -> ModelTickRewriter.change(new byte[] {1, 2, 3}, 1_000))
                .isInstanceOf(InferenceException.class)
                .hasMessageContaining("not an ONNX file");
    }

    private static List<Forecast> forecasts(byte[] onnx) {
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ticks.add(new Tick("s", i, Math.sin(i)));
        }
        try (ForecastModel model = ForecastModel.open(onnx, ExecutionProvider.CPU);
                OfflineForecasts offline = new OfflineForecasts(model, 4, ForecastSelection.ALL)) {
            return offline.replay(ticks);
        }
    }
}
