package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.TickAggregate;
import io.tickformer.inference.EngineMode;
import io.tickformer.inference.Selection;
import io.tickformer.inference.runtime.Provider;
import java.time.Duration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

final class ForecastOperatorSettingsTest {

    @Test
    void theDefaultsAreThese() {
        assertThat(ForecastOperatorSettings.DEFAULT)
                .isEqualTo(
                        new ForecastOperatorSettings(
                                TickAggregate.MEAN,
                                Duration.ZERO,
                                0,
                                Provider.CPU,
                                EngineMode.AUTO,
                                ForecastOperatorSettings.MANAGED,
                                64,
                                Duration.ofMillis(10),
                                Selection.ALL,
                                0,
                                0,
                                ForecastFrom.EARLIEST,
                                WholeTicks.ALL));
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
        assertThatThrownBy(() -> settings.withSilence(-1, 0))
                .hasMessage("idleExpiryTicks is -1; expected zero or more ticks");
        assertThatThrownBy(() -> settings.withSilence(0, -1))
                .hasMessage("silentTicks is -1; expected zero or more ticks");
    }

    @Test
    void aSeriesIsForgottenAfterItsContextAtTheEarliest() {
        ForecastOperatorSettings settings = ForecastOperatorSettings.DEFAULT;

        assertThat(settings.expiryTicks(10)).isEqualTo(10);
        assertThat(settings.withSilence(10, 0).expiryTicks(10)).isEqualTo(10);
        assertThat(settings.withSilence(11, 0).expiryTicks(10)).isEqualTo(11);
        assertThatThrownBy(() -> settings.withSilence(9, 0).expiryTicks(10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "idleExpiryTicks is 9; expected 0, or at least the model's context, 10"
                                + " ticks");
    }
}
