package io.tickformer.operator;

import static io.tickformer.operator.OperatorHarness.RING;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.inference.EvaluationMode;
import io.tickformer.inference.window.CacheStatistics;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.flink.runtime.state.StateBackend;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is kept of a series that is gone, and no more of waiting ticks than a micro-batch. */
final class ReleasedSeriesTest {
    private static final int MICRO_BATCH = 6;
    private static final ForecastOperatorSettings SETTINGS =
            OperatorHarness.UNCHANGED
                    .withMicroBatch(MICRO_BATCH, Duration.ofMillis(50))
                    .withEngine(EvaluationMode.INCREMENTAL, 4 << 20);

    static Stream<Named<StateBackend>> backends() {
        return ForecastOperatorRestoreTest.backends();
    }

    private static OperatorHarness open(StateBackend backend) throws Exception {
        return OperatorHarness.open(OperatorHarness.MODEL, SETTINGS, backend, null, 1, 0);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void ofASeriesThatExpiresStateTimerAndCacheAreReleased(StateBackend backend) throws Exception {
        try (OperatorHarness operator = open(backend)) {
            for (int tick = 0; tick < RING; tick++) {
                operator.tick("lives", tick, 1);
                operator.tick("silent", Math.min(tick, 3), 1);
                operator.endOf(tick);
            }
            assertThat(operator.seriesInState()).isEqualTo(2);
            assertThat(operator.seriesAlive()).isEqualTo(2);
            assertThat(operator.pending().cache().series()).isEqualTo(2);

            operator.tick("lives", RING + 3, 1);
            operator.endOf(RING + 3);
            assertThat(operator.seriesInState()).isEqualTo(1);
            assertThat(operator.seriesAlive()).isEqualTo(1);
            assertThat(operator.flink().numEventTimeTimers()).isEqualTo(1);
            assertThat(operator.pending().cache().series()).isEqualTo(1);

            operator.endOf(3L * RING);
            assertThat(operator.seriesInState()).isZero();
            assertThat(operator.seriesAlive()).isZero();
            assertThat(operator.flink().numEventTimeTimers()).isZero();
            assertThat(operator.pending().cache().series()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aFloodOfSeriesThatComeOnceLeavesNothingBehind(StateBackend backend) throws Exception {
        int aTick = 10;
        int ticks = 8 * RING;
        int held = aTick * RING;
        int all = aTick * ticks;
        long most = 0;
        try (OperatorHarness operator = open(backend)) {
            for (int tick = 0; tick < ticks; tick++) {
                for (int i = 0; i < aTick; i++) {
                    operator.tick("once-" + tick + "-" + i, tick, i);
                }
                operator.endOf(tick);
                most = Math.max(most, operator.pending().cache().series());
                assertThat(operator.flink().numEventTimeTimers()).isLessThanOrEqualTo(held);
            }
            assertThat(operator.seriesInState()).isEqualTo(held);
            assertThat(operator.seriesAlive()).isEqualTo(held);
            operator.endOf(ticks + RING);

            CacheStatistics cache = operator.pending().cache();
            // There was room for all that ever came, and yet only so many were kept at a time.
            assertThat(cache.capacity()).isGreaterThan(all);
            assertThat(most).isEqualTo(held);
            assertThat(cache.series()).isZero();
            assertThat(operator.seriesInState()).isZero();
            assertThat(operator.seriesAlive()).isZero();
            assertThat(operator.flink().numEventTimeTimers()).isZero();
            assertThat(operator.forecasts()).hasSize(all);
        }
    }

    private static int timers(OperatorHarness operator) {
        return operator.flink().getProcessingTimeService().getNumActiveTimers();
    }

    /** A slow sink blocks the operator when it emits, so all it sees is that time has passed. */
    @Test
    void howeverSlowWhatComesAfterNoMoreThanAMicroBatchWaitsAndOneTimer() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS)) {
            long now = 0;
            for (int tick = 0; tick < 500; tick++) {
                for (int series = 0; series < 7; series++) {
                    operator.tick("s" + series, tick, 1);
                    assertThat(operator.pending().size()).isLessThan(MICRO_BATCH);
                    assertThat(timers(operator)).isLessThanOrEqualTo(1);
                }
                if (tick % 9 == 0) {
                    now += Duration.ofMinutes(10).toMillis();
                    operator.flink().setProcessingTime(now);
                    assertThat(operator.pending().size()).isZero();
                    assertThat(timers(operator)).isZero();
                }
            }
        }
    }
}
