package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.inference.EvaluationMode;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.runtime.ExecutionProvider;
import java.time.Duration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

final class ForecastOperatorSettingsTest {

    @Test
    void theDefaultsAreThese() {
        assertThat(ForecastOperatorSettings.DEFAULT)
                .isEqualTo(
                        new ForecastOperatorSettings(
                                new TickClosingSettings(Duration.ZERO, 0),
                                new EngineSettings(
                                        ExecutionProvider.CPU,
                                        EvaluationMode.AUTO,
                                        EngineSettings.MANAGED_MEMORY,
                                        ForecastSelection.ALL),
                                new MicroBatchSettings(64, Duration.ofMillis(10)),
                                new SilenceSettings(0, 0),
                                ForecastTickFilter.EARLIEST,
                                PartlyReadTickFilter.ALL,
                                new LiveFeedbackSettings(
                                        FeedbackSettings.DEFAULT,
                                        true,
                                        Duration.ofHours(1),
                                        true)));
    }

    @Test
    void settingsTravelWithTheJob() throws Exception {
        assertThat(InstantiationUtil.clone(ForecastOperatorSettings.DEFAULT))
                .isEqualTo(ForecastOperatorSettings.DEFAULT);
    }

    @Test
    void impossibleSettingsAreNamed() {
        ForecastOperatorSettings settings = ForecastOperatorSettings.DEFAULT;

        assertThatThrownBy(() -> settings.withMicroBatch(0, Duration.ZERO))
                .hasMessage("microBatchSize is 0; expected at least 1");
        assertThatThrownBy(() -> settings.withMicroBatch(1, Duration.ofMillis(-1)))
                .hasMessage("linger is PT-0.001S; expected zero or more");
        assertThatThrownBy(() -> settings.withExpiryTicks(-1))
                .hasMessage("expiryTicks is -1; expected zero or more ticks");
        assertThatThrownBy(() -> settings.withSilentTicks(-1))
                .hasMessage("forecastTicks is -1; expected zero or more ticks");
    }

    @Test
    void aSeriesIsForgottenAfterItsContextAtTheEarliest() {
        ForecastOperatorSettings settings = ForecastOperatorSettings.DEFAULT;

        assertThat(settings.silence().expiryTicks(10)).isEqualTo(10);
        assertThat(settings.withExpiryTicks(10).silence().expiryTicks(10)).isEqualTo(10);
        assertThat(settings.withExpiryTicks(11).silence().expiryTicks(10)).isEqualTo(11);
        assertThatThrownBy(() -> settings.withExpiryTicks(9).silence().expiryTicks(10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "expiryTicks is 9; expected 0, or at least the model's ring, 10"
                                + " ticks");
    }
}
