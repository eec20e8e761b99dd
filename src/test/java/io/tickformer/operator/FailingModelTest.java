package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.forecaster.CircuitBreaker;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ForeignArchitecture;
import io.tickformer.spec.ForeignArchitecture.ForeignTensor;
import io.tickformer.testing.ForeignModels;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A model whose calls fail, or whose answers are not finite, while the job runs. */
final class FailingModelTest {
    private static final ForecastSpec SPEC =
            ForeignModels.spec(
                            new ForeignArchitecture(
                                    new ForeignTensor("x", "BT"),
                                    null,
                                    null,
                                    new ForeignTensor("mean", "BH"),
                                    false))
                    .withTickMillis(OperatorHarness.TICK_MILLIS);

    private static final byte[] MODEL = ForeignModels.failingAboveAThousand();

    /** The circuit breaker alone, without feedback. */
    private static final ForecastOperatorSettings SETTINGS =
            OperatorHarness.UNCHANGED
                    .withFeedback(LiveFeedbackSettings.NONE.withCircuitBreaker(true))
                    .withMicroBatch(2, Duration.ofMillis(50));

    private static OperatorHarness open(byte[] model, ForecastOperatorSettings settings)
            throws Exception {
        return OperatorHarness.openForeign(model, SPEC, settings);
    }

    /** A micro-batch of a tick of both series. */
    private static void microBatch(OperatorHarness operator, long tick, double a) throws Exception {
        operator.tick("a", tick, a);
        operator.tick("b", tick, 7);
    }

    private static List<ForecastQuality> qualities(OperatorHarness operator) {
        return operator.forecasts().stream().map(Forecast::quality).distinct().toList();
    }

    @Test
    void aCallThatFailsGivesTheLastValuesAndTheJobGoesOn() throws Exception {
        try (OperatorHarness operator = open(MODEL, SETTINGS)) {
            microBatch(operator, 0, 5);
            microBatch(operator, 1, 5000);

            List<Forecast> forecasts = operator.forecasts();
            assertThat(operator.output()).containsExactly("a@0", "b@0", "a@1", "b@1");
            assertThat(forecasts.get(1).quality()).isEqualTo(ForecastQuality.WARMING_UP);
            assertThat(forecasts.get(2).quality()).isEqualTo(ForecastQuality.FALLBACK);
            assertThat(forecasts.get(2).mean()).containsOnly(5000);
            assertThat(forecasts.get(3).quality()).isEqualTo(ForecastQuality.FALLBACK);
            assertThat(forecasts.get(3).mean()).containsOnly(7);
            assertThat(operator.counts().modelFailures.getCount()).isEqualTo(1);
        }
    }

    @Test
    void theModelIsTriedAgainAfterAPauseOfMicroBatches() throws Exception {
        try (OperatorHarness operator = open(MODEL, SETTINGS)) {
            microBatch(operator, 0, 5000);
            for (int pause = 1; pause <= CircuitBreaker.FIRST_PAUSE; pause++) {
                microBatch(operator, pause, 5);
            }
            assertThat(qualities(operator)).containsExactly(ForecastQuality.FALLBACK);

            microBatch(operator, CircuitBreaker.FIRST_PAUSE + 1, 5);

            Forecast newest = operator.forecasts().get(operator.forecasts().size() - 1);
            assertThat(newest.quality()).isEqualTo(ForecastQuality.OK);
            assertThat(operator.counts().modelFailures.getCount()).isEqualTo(1);
        }
    }

    @Test
    void whileTheModelFailsItIsCalledLessAndLess() throws Exception {
        try (OperatorHarness operator = open(MODEL, SETTINGS)) {
            for (int tick = 0; tick < 100; tick++) {
                microBatch(operator, tick, 5000);
            }

            assertThat(operator.forecasts()).hasSize(200);
            assertThat(qualities(operator)).containsExactly(ForecastQuality.FALLBACK);
            // Calls at 0, 5, 14, 31 and 64.
            assertThat(operator.counts().modelFailures.getCount()).isEqualTo(5);
        }
    }

    @Test
    void withoutTheCircuitBreakerTheTaskFailsInTheWordsOfTheModel() throws Exception {
        try (OperatorHarness operator =
                open(MODEL, OperatorHarness.UNCHANGED.withFeedback(LiveFeedbackSettings.NONE))) {
            operator.tick("a", 0, 5000);

            assertThatThrownBy(() -> operator.endOf(0))
                    .isInstanceOf(InferenceException.class)
                    .hasMessageContaining("the run failed");
        }
    }

    @Test
    void aSeriesWhoseAnswersAreNeverFiniteDoesNotOpenTheCircuitForOthers() throws Exception {
        try (OperatorHarness operator = open(ForeignModels.logarithm(), SETTINGS)) {
            for (int tick = 0; tick < 2 * ForecastEngine.MOST_NOT_FINITE; tick++) {
                microBatch(operator, tick, -5);
            }

            assertThat(operator.counts().modelFailures.getCount()).isZero();
            Forecast newest = operator.forecasts().get(operator.forecasts().size() - 1);
            assertThat(newest.quality()).isEqualTo(ForecastQuality.OK);
        }
    }

    @Test
    void answersThatAreNeverFiniteOpenTheCircuitAndFiniteOnesCloseIt() throws Exception {
        try (OperatorHarness operator = open(ForeignModels.logarithm(), SETTINGS)) {
            int tick = 0;
            while (operator.counts().modelFailures.getCount() == 0) {
                operator.tick("a", tick, -5);
                operator.tick("b", tick, -7);
                tick++;
            }
            assertThat(2 * tick).isEqualTo(ForecastEngine.MOST_NOT_FINITE);

            int failed = tick;
            for (; tick <= failed + CircuitBreaker.FIRST_PAUSE; tick++) {
                microBatch(operator, tick, 5);
            }

            List<Forecast> since =
                    operator.forecasts().subList(2 * failed, operator.forecasts().size());
            assertThat(since.subList(0, since.size() - 2))
                    .extracting(Forecast::quality)
                    .containsOnly(ForecastQuality.FALLBACK);
            assertThat(since.subList(since.size() - 2, since.size()))
                    .extracting(Forecast::quality)
                    .containsOnly(ForecastQuality.OK);
        }
    }
}
