package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Forecast;
import io.tickformer.event.Tick;
import io.tickformer.testing.ForecastCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.Test;

/** Which ticks are forecast: the forecasts are those of a job that forecast all, but fewer. */
final class ForecastTickFilterTest {
    private static final ForecastOperatorSettings ALL =
            OperatorHarness.UNCHANGED.withMicroBatch(6, Duration.ofMillis(50));
    private static final List<Tick> TRAFFIC = ForecastOperatorTest.traffic(4, 60, 5);
    private static final long MIDDLE = 30;

    private static Instant startOf(long tick) {
        return Instant.ofEpochMilli(tick * OperatorHarness.TICK_MILLIS);
    }

    private static ForecastOperatorSettings from(ForecastTickFilter from) {
        return ALL.withFrom(from);
    }

    private static OperatorHarness open(ForecastTickFilter from, OperatorSubtaskState state)
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
        try (OperatorHarness operator = open(ForecastTickFilter.time(startOf(MIDDLE)), null)) {
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
        try (OperatorHarness operator = open(ForecastTickFilter.start(within), null)) {
            operator.ticks(TRAFFIC);
            operator.flink().endInput();

            assertEqual(operator.forecasts(), expected(MIDDLE));
        }
    }

    @Test
    void silentTicksBeforeAreNotForecastEither() throws Exception {
        ForecastOperatorSettings settings = ALL.withSilentTicks(5);
        try (OperatorHarness operator =
                OperatorHarness.open(settings.withFrom(ForecastTickFilter.time(startOf(4))))) {
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
        try (OperatorHarness operator = open(ForecastTickFilter.start(startOf(10)), null)) {
            operator.ticks(TRAFFIC.subList(0, half));
            state = operator.checkpoint(1);
            forecasts.addAll(operator.forecasts());
        }
        // Submitted again long after the last of the ticks.
        try (OperatorHarness operator = open(ForecastTickFilter.start(startOf(1_000_000)), state)) {
            operator.ticks(TRAFFIC.subList(half, TRAFFIC.size()));
            operator.flink().endInput();
            forecasts.addAll(operator.forecasts());
        }

        assertEqual(forecasts, expected(10));
    }

    @Test
    void aTimeThatTheUserChoosesCountsForAJobThatGoesOnToo() throws Exception {
        OperatorSubtaskState state;
        try (OperatorHarness operator = open(ForecastTickFilter.start(startOf(10)), null)) {
            operator.ticks(TRAFFIC.subList(0, 20));
            state = operator.checkpoint(1);
        }
        long later = MIDDLE + 10;
        try (OperatorHarness operator = open(ForecastTickFilter.time(startOf(later)), state)) {
            operator.ticks(TRAFFIC.subList(20, TRAFFIC.size()));
            operator.flink().endInput();

            assertEqual(operator.forecasts(), expected(later));
        }
    }

    @Test
    void aSeriesGoesOnAfterItsNewestForecastAndOthersFromATime() throws Exception {
        NewestForecastTicks before = NewestForecastTicks.of(Map.of("a", 5L, "b", 2L), endOf(3));
        ForecastTickFilter from = ForecastTickFilter.start(startOf(1_000_000)).after(before);
        try (OperatorHarness operator = open(from, null)) {
            for (long tick = 0; tick < 8; tick++) {
                for (String series : List.of("a", "b", "silent")) {
                    operator.tick(series, tick, (double) tick);
                }
            }
            operator.flink().endInput();

            assertThat(operator.output())
                    .containsExactly(
                            "b@3",
                            "silent@3",
                            "b@4",
                            "silent@4",
                            "b@5",
                            "silent@5",
                            "a@6",
                            "b@6",
                            "silent@6",
                            "a@7",
                            "b@7",
                            "silent@7");
        }
    }

    @Test
    void aTimeThatTheUserChoosesCountsBesideWhatWasForecastBefore() throws Exception {
        NewestForecastTicks before =
                NewestForecastTicks.of(Map.of("a", 2L, "b", 6L), Long.MIN_VALUE);
        try (OperatorHarness operator =
                open(ForecastTickFilter.time(startOf(5)).after(before), null)) {
            for (long tick = 0; tick < 8; tick++) {
                for (String series : List.of("a", "b", "new")) {
                    operator.tick(series, tick, (double) tick);
                }
            }
            operator.flink().endInput();

            assertThat(operator.output())
                    .containsExactly("a@5", "new@5", "a@6", "new@6", "a@7", "b@7", "new@7");
        }
    }

    @Test
    void aCheckpointOfAJobThatStillReadsBackGoesOnWithWhatWasForecastBefore() throws Exception {
        ForecastTickFilter from =
                ForecastTickFilter.start(startOf(99))
                        .after(NewestForecastTicks.of(Map.of("a", 5L), Long.MIN_VALUE));
        OperatorSubtaskState state;
        try (OperatorHarness operator = open(from, null)) {
            operator.tick("a", 0, 1);
            operator.endOf(0);
            state = operator.checkpoint(1);
        }
        try (OperatorHarness operator = open(ForecastTickFilter.start(startOf(100)), state)) {
            for (long tick = 1; tick < 8; tick++) {
                operator.tick("a", tick, (double) tick);
            }
            operator.flink().endInput();

            assertThat(operator.output()).containsExactly("a@6", "a@7");
        }
    }

    @Test
    void whatWasForecastBeforeLeavesTheCheckpointsOnceItHasPassed() throws Exception {
        NewestForecastTicks before = NewestForecastTicks.of(Map.of("a", 5L), endOf(3));

        assertThat(before.isPast(endOf(4), OperatorHarness.TICK_MILLIS)).isFalse();
        assertThat(before.isPast(endOf(5) + 1, OperatorHarness.TICK_MILLIS)).isTrue();
        assertThat(NewestForecastTicks.fromLongs(before.toLongs())).isEqualTo(before);
    }

    private static long endOf(long tick) {
        return startOf(tick + 1).toEpochMilli() - 1;
    }
}
