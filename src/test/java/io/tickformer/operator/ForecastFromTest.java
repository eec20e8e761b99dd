package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Forecast;
import io.tickformer.event.Tick;
import io.tickformer.testing.ForecastCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.Test;

/** Which ticks are forecast: the forecasts are those of a job that forecast all, but fewer. */
final class ForecastFromTest {
    private static final ForecastOperatorSettings ALL =
            ForecastOperatorSettings.DEFAULT.withMicroBatch(6, Duration.ofMillis(50));
    private static final List<Tick> TRAFFIC = ForecastOperatorTest.traffic(4, 60, 5);
    private static final long MIDDLE = 30;

    private static Instant startOf(long tick) {
        return Instant.ofEpochMilli(tick * OperatorHarness.TICK_MILLIS);
    }

    private static ForecastOperatorSettings from(ForecastFrom from) {
        return ALL.withFrom(from);
    }

    private static OperatorHarness open(ForecastFrom from, OperatorSubtaskState state)
            throws Exception {
        return OperatorHarness.open(
                OperatorHarness.MODEL, from(from), new HashMapStateBackend(), state, 1, 0);
    }

    private static List<Forecast> expected(long first) {
        return ForecastOperatorTest.offline(TRAFFIC).stream()
                .filter(forecast -> forecast.tickIndex() >= first)
                .toList();
    }

    private static void assertEqual(List<Forecast> actual, List<Forecast> expected) {
        assertThat(actual).isNotEmpty().hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            ForecastCheck.assertSame(actual.get(i), expected.get(i));
        }
    }

    @Test
    void ticksBeforeFillTheContextsAndAreNotForecast() throws Exception {
        try (OperatorHarness operator = open(ForecastFrom.time(startOf(MIDDLE)), null)) {
            operator.ticks(TRAFFIC);
            operator.flink().endInput();

            assertEqual(operator.forecasts(), expected(MIDDLE));
            assertThat(
                            operator.counts().ticksNotForecast.getCount()
                                    + operator.counts().forecasts.getCount())
                    .isEqualTo(expected(Long.MIN_VALUE).size());
        }
    }

    @Test
    void theTickInProgressIsForecast() throws Exception {
        Instant within = startOf(MIDDLE).plusMillis(OperatorHarness.TICK_MILLIS / 2);
        try (OperatorHarness operator = open(ForecastFrom.start(within), null)) {
            operator.ticks(TRAFFIC);
            operator.flink().endInput();

            assertEqual(operator.forecasts(), expected(MIDDLE));
        }
    }

    @Test
    void silentTicksBeforeAreNotForecastEither() throws Exception {
        ForecastOperatorSettings settings = ALL.withSilence(0, 5);
        try (OperatorHarness operator =
                OperatorHarness.open(settings.withFrom(ForecastFrom.time(startOf(4))))) {
            operator.tick("a", 0, 1);
            operator.tick("a", 1, 2);
            operator.endOf(9);

            assertThat(operator.output()).containsExactly("a@4", "a@5", "a@6", "watermark 9");
        }
    }

    @Test
    void aJobThatGoesOnForecastsWhatCameWhileItWasDown() throws Exception {
        int half = TRAFFIC.size() / 2;
        List<Forecast> forecasts = new ArrayList<>();
        OperatorSubtaskState state;
        try (OperatorHarness operator = open(ForecastFrom.start(startOf(10)), null)) {
            operator.ticks(TRAFFIC.subList(0, half));
            state = operator.checkpoint(1);
            forecasts.addAll(operator.forecasts());
        }
        // Submitted again long after the last of the ticks.
        try (OperatorHarness operator = open(ForecastFrom.start(startOf(1_000_000)), state)) {
            operator.ticks(TRAFFIC.subList(half, TRAFFIC.size()));
            operator.flink().endInput();
            forecasts.addAll(operator.forecasts());
        }

        assertEqual(forecasts, expected(10));
    }

    @Test
    void aTimeThatTheUserChoosesCountsForAJobThatGoesOnToo() throws Exception {
        OperatorSubtaskState state;
        try (OperatorHarness operator = open(ForecastFrom.start(startOf(10)), null)) {
            operator.ticks(TRAFFIC.subList(0, 20));
            state = operator.checkpoint(1);
        }
        long later = MIDDLE + 10;
        try (OperatorHarness operator = open(ForecastFrom.time(startOf(later)), state)) {
            operator.ticks(TRAFFIC.subList(20, TRAFFIC.size()));
            operator.flink().endInput();

            assertEqual(operator.forecasts(), expected(later));
        }
    }
}
