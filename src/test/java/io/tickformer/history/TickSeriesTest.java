package io.tickformer.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickDefinition;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TickSeriesTest {
    private static final double NAN = Double.NaN;

    @Test
    void observationsOfOneTickAreAggregatedAndEmptyTicksMissing() {
        SeriesHistory history =
                new SeriesHistory(
                        "a",
                        new long[] {1000, 10_500, 12_000, 19_999, 41_000, 42_000, 60_000},
                        new double[] {NAN, 1, 2, 6, 5, NAN, NAN});

        TickSeries ticks = TickSeries.of(history, TickDefinition.of(10_000, TickAggregate.MEAN));

        assertThat(ticks.firstTick()).isEqualTo(1);
        assertThat(ticks.values()).containsExactly(3, NAN, NAN, 5);
        assertThat(ticks.endTick()).isEqualTo(5);
        assertThat(ticks.valueAt(4)).isEqualTo(5);
        assertThat(ticks.valueAt(0)).isNaN();
        assertThat(ticks.valueAt(5)).isNaN();
    }

    @Test
    void aTickLengthFarTooFineForTheSpanIsRefused() {
        SeriesHistory history =
                new SeriesHistory("a", new long[] {0, 1_000_000_000_000L}, new double[] {1, 2});

        assertThatThrownBy(() -> TickSeries.of(history, TickDefinition.of(1, TickAggregate.MEAN)))
                .isInstanceOf(HistoryException.class)
                .hasMessage(
                        "series a spans 1000000000001 ticks of 1 ms; expected at most 100000000;"
                                + " give a longer tick (--tick)");
    }

    @Test
    void theMostCommonStepIsTheTick() {
        assertThat(TickLengthDetector.detect(history(0, 5, 15, 25, 25, 28, 31, 41, 100)))
                .isEqualTo(10);
        assertThat(TickLengthDetector.detect(history(0, 7, 10))).isEqualTo(3);
    }

    @Test
    void aGridWithManyHolesHasItsOwnStep() {
        long minutes7 = 7 * 60_000;
        long[] times = LongStream.range(0, 900).filter(i -> i * i % 11 < 4).toArray();
        for (int i = 0; i < times.length; i++) {
            times[i] *= minutes7;
        }

        assertThat(TickLengthDetector.detect(history(times))).isEqualTo(minutes7);
    }

    @Test
    void irregularTimesHaveTheUsualTickNearestToTheirMedianStep() {
        Random random = new Random(1);
        long[] withinTheHour = new long[1_000];
        long[] aroundFiveMinutes = new long[1_000];
        long[] atAnySecond = new long[1_000];
        for (int i = 0; i < withinTheHour.length; i++) {
            withinTheHour[i] = i * 3_600_000L + random.nextInt(3_600) * 1_000L;
            aroundFiveMinutes[i] = i * 300_000L + random.nextInt(5) * 1_000L;
            long previous = i == 0 ? 0 : atAnySecond[i - 1];
            atAnySecond[i] = previous + 1_000L * (1 + random.nextInt(120));
        }

        assertThat(TickLengthDetector.detect(history(withinTheHour))).isEqualTo(3_600_000);
        assertThat(TickLengthDetector.detect(history(aroundFiveMinutes))).isEqualTo(300_000);
        assertThat(TickLengthDetector.detect(history(atAnySecond))).isEqualTo(60_000);
    }

    @Test
    void oneEventTimeTellsNoTickLength() {
        assertThatThrownBy(() -> TickLengthDetector.detect(history(5, 5)))
                .isInstanceOf(HistoryException.class)
                .hasMessage(
                        "here: only one event time, so the tick length cannot be detected; give it"
                                + " (--tick)");
    }

    @Test
    void aRangeOfRowsReadsBackAndABadOneIsRefused() {
        assertThat(RowRange.parse("0:8640")).isEqualTo(new RowRange(0, 8640)).hasToString("0:8640");
        assertThat(RowRange.parse(":")).isEqualTo(RowRange.ALL).hasToString("0:");
        assertThatThrownBy(() -> RowRange.parse("8640"))
                .isInstanceOf(HistoryException.class)
                .hasMessage(
                        "rows 8640; expected FIRST:END, for example 0:8640 for the first 8640"
                                + " rows");
        assertThatThrownBy(() -> RowRange.parse("9:9"))
                .hasMessage("rows 9:9; expected FIRST:END with FIRST less than END");
    }

    private static History history(long... times) {
        return new History(
                "here", List.of(new SeriesHistory("a", times, new double[times.length])));
    }
}
