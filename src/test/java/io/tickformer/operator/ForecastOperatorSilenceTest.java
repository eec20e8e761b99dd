package io.tickformer.operator;

import static io.tickformer.operator.OperatorHarness.RING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.Forecast;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.junit.jupiter.api.Test;

final class ForecastOperatorSilenceTest {
    private static final ForecastOperatorSettings SETTINGS =
            OperatorHarness.UNCHANGED.withMicroBatch(4, Duration.ofMillis(50));

    @Test
    void aSeriesIsForgottenOnceItWasSilentForTheLengthOfItsRing() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS)) {
            operator.tick("a", 0, 1);
            operator.tick("b", 0, 1);
            operator.tick("b", 5, 1);
            operator.endOf(RING - 1);
            assertThat(operator.seriesInState()).isEqualTo(2);

            operator.endOf(RING);
            assertThat(operator.seriesInState()).isEqualTo(1);
            operator.endOf(RING + 5);
            assertThat(operator.flink().numKeyedStateEntries()).isZero();
            assertThat(operator.flink().numEventTimeTimers()).isZero();
            assertThat(operator.counts().expiredSeries.getCount()).isEqualTo(2);
        }
    }

    @Test
    void aSeriesThatLivesKeepsOneTimer() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS)) {
            for (int tick = 0; tick < 5 * RING; tick++) {
                operator.tick("a", tick, 1);
                operator.endOf(tick);
                assertThat(operator.flink().numEventTimeTimers()).isEqualTo(1);
            }
            assertThat(operator.seriesInState()).isEqualTo(1);
            assertThat(operator.counts().expiredSeries.getCount()).isZero();
        }
    }

    @Test
    void aForgottenSeriesBeginsAgain() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS.withExpiryTicks(RING + 1))) {
            operator.tick("a", 0, 1);
            operator.tick("a", 1, 1);
            operator.endOf(RING + 1);
            assertThat(operator.seriesInState()).isEqualTo(1);
            operator.endOf(RING + 2);
            assertThat(operator.flink().numKeyedStateEntries()).isZero();
            operator.tick("a", RING + 3, 1);
            operator.endOf(RING + 3);

            List<Forecast> forecasts = operator.forecasts();
            assertThat(forecasts.get(2).observedTicks()).isEqualTo(1);
        }
    }

    @Test
    void aSilentSeriesIsForecastOnForTheTicksAskedFor() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS.withSilentTicks(3))) {
            operator.tick("a", 0, 1);
            operator.tick("a", 1, 2);
            operator.endOf(1);
            operator.endOf(2);
            assertThat(operator.output())
                    .containsExactly("a@0", "a@1", "watermark 1", "a@2", "watermark 2");
            assertThat(operator.forecasts().get(2).observedTicks()).isEqualTo(2);

            operator.endOf(7);
            assertThat(operator.output().subList(5, operator.output().size()))
                    .containsExactly("a@3", "a@4", "watermark 7");
        }
    }

    @Test
    void aTickThatCameInTimeIsNotForecastTwice() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS.withSilentTicks(2))) {
            for (int tick = 0; tick < 4; tick++) {
                operator.tick("a", tick, 1);
                operator.endOf(tick);
            }

            assertThat(operator.forecasts()).hasSize(4);
        }
    }

    @Test
    void aLateTickAfterASilentForecastRevisesAndTheSeriesGoesOn() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS.withSilentTicks(2))) {
            operator.tick("a", 0, 1);
            operator.endOf(0);
            operator.endOf(1);
            operator.tick("a", 1, 5);
            operator.tick("a", 2, 6);
            operator.endOf(2);
            operator.endOf(3);

            assertThat(operator.forecasts())
                    .extracting(Forecast::tickIndex)
                    .containsExactly(0L, 1L, 2L, 3L);
            assertThat(operator.forecasts())
                    .extracting(Forecast::observedTicks)
                    .containsExactly(1, 1, 3, 3);
        }
    }

    @Test
    void aWatermarkThatLeapsOverASilenceChangesNoForecast() throws Exception {
        ForecastOperatorSettings settings = SETTINGS.withSilentTicks(3);
        try (OperatorHarness steady = OperatorHarness.open(settings);
                OperatorHarness leaping = OperatorHarness.open(settings)) {
            steady.tick("a", 0, 1);
            for (int tick = 0; tick < 6; tick++) {
                steady.endOf(tick);
            }
            steady.tick("a", 6, 2);
            steady.endOf(6);
            leaping.tick("a", 0, 1);
            leaping.tick("a", 6, 2);
            leaping.endOf(6);

            assertThat(steady.forecasts())
                    .extracting(Forecast::tickIndex)
                    .containsExactly(0L, 1L, 2L, 3L, 6L);
            assertThat(leaping.forecasts()).isEqualTo(steady.forecasts());
        }
    }

    @Test
    void aWatermarkThatLeapsOverAnExpiryLosesNoForecast() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS.withSilentTicks(3))) {
            operator.tick("a", 0, 1);
            operator.endOf(2L * RING);

            assertThat(operator.output())
                    .containsExactly("a@0", "a@1", "a@2", "a@3", "watermark " + 2 * RING);
        }
    }

    @Test
    void aSeriesIsForecastOnFromALateTick() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS.withSilentTicks(2))) {
            operator.tick("a", 0, 1);
            operator.endOf(0);
            operator.endOf(1);
            operator.endOf(2);
            operator.tick("a", 2, 6);
            operator.endOf(3);
            operator.endOf(4);
            operator.endOf(5);

            assertThat(operator.forecasts())
                    .extracting(Forecast::tickIndex)
                    .containsExactly(0L, 1L, 2L, 3L, 4L);
        }
    }

    @Test
    void silenceIsForecastOnForAsLongAsFramesLookBackToAValue() throws Exception {
        try (OperatorHarness operator =
                OperatorHarness.open(SETTINGS.withExpiryTicks(100).withSilentTicks(50))) {
            operator.tick("a", 0, 1);
            operator.endOf(40);

            // Two blocks of four ticks.
            assertThat(operator.forecasts()).hasSize(8);
            assertThat(operator.forecasts()).last().extracting(Forecast::tickIndex).isEqualTo(7L);
        }
    }

    @Test
    void theEndOfInputIsNoSilence() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS.withSilentTicks(3))) {
            operator.tick("a", 0, 1);
            operator.flink().processWatermark(Watermark.MAX_WATERMARK);

            assertThat(operator.forecasts()).hasSize(1);
        }
    }

    @Test
    void timersOutliveARestart() throws Exception {
        OperatorSubtaskState state;
        ForecastOperatorSettings settings = SETTINGS.withSilentTicks(3);
        try (OperatorHarness operator = OperatorHarness.open(settings)) {
            operator.tick("a", 0, 1);
            operator.endOf(0);
            state = operator.checkpoint(1);
        }
        try (OperatorHarness operator =
                OperatorHarness.open(
                        OperatorHarness.MODEL, settings, new HashMapStateBackend(), state, 1, 0)) {
            operator.endOf(1);
            assertThat(operator.forecasts()).extracting(Forecast::tickIndex).containsExactly(1L);
            operator.endOf(RING);
            assertThat(operator.flink().numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void forgettingASeriesWithinItsContextIsRefused() {
        assertThatThrownBy(() -> OperatorHarness.open(SETTINGS.withExpiryTicks(RING - 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least the model's ring, 18 ticks");
    }
}
