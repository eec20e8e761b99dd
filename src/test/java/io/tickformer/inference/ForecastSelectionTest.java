package io.tickformer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.testing.TestModels;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ForecastSelectionTest {
    private static final byte[] MODEL = TestModels.transformer(TestModels.STREAMING, 5);

    private static Forecast forecast(ForecastSelection selection) {
        SeriesContext context = SeriesContext.of(TestModels.STREAMING);
        for (int tick = 0; tick < 30; tick++) {
            context.update(tick, Math.sin(tick));
        }
        try (ForecastModel model = ForecastModel.open(MODEL, ExecutionProvider.CPU);
                MicroBatch batch = model.newMicroBatch(1, selection)) {
            batch.add(context);
            batch.run();
            return batch.forecast(0, "s");
        }
    }

    @Test
    void stepsAndLevelsAreAPartOfTheWholeForecast() {
        Forecast all = forecast(ForecastSelection.ALL);

        Forecast part = forecast(new ForecastSelection(2, List.of(0.1, 0.9)));

        assertThat(all.horizon()).isEqualTo(4);
        assertThat(part.quantileLevels()).containsExactly(0.1, 0.9);
        assertThat(part.mean()).containsExactly(all.mean()[0], all.mean()[1]);
        assertThat(part.quantiles())
                .containsExactly(
                        all.quantile(0, 0),
                        all.quantile(0, 2),
                        all.quantile(1, 0),
                        all.quantile(1, 2));
    }

    @Test
    void whatTheModelDoesNotForecastIsRefused() {
        assertThatThrownBy(() -> forecast(new ForecastSelection(5, List.of())))
                .isInstanceOf(InferenceException.class)
                .hasMessage("5 horizon steps are asked for; the model forecasts 4");
        assertThatThrownBy(() -> forecast(new ForecastSelection(0, List.of(0.25))))
                .hasMessage(
                        "quantile level 0.25 is asked for; the model forecasts [0.1, 0.5, 0.9]");
        assertThatThrownBy(() -> forecast(new ForecastSelection(0, List.of(0.9, 0.1))))
                .hasMessageContaining("expected them strictly ascending");
        assertThatThrownBy(() -> new ForecastSelection(-1, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
