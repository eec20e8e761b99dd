package io.tickformer.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickDefinition;
import io.tickformer.event.TickMeaning;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EmptyTickSeriesTest {
    private static final long TICK = 60_000;
    private static final double NAN = Double.NaN;

    private static TickDefinition rule(TickAggregate aggregate, int lifeTicks) {
        return TickDefinition.of(TICK, TickMeaning.of(aggregate), lifeTicks);
    }

    private static TickSeries of(TickDefinition rule, long[] times, double... values) {
        return TickSeries.of(new SeriesHistory("a", times, values), rule);
    }

    @Test
    void emptyTicksBetweenTheFirstReadingAndTheLastAreZero() {
        long[] times = {5, 10, 3 * TICK, 3 * TICK + 1, 3 * TICK + 2, 5 * TICK};

        assertThat(of(rule(TickAggregate.COUNT, 9), times, 7, 7, 7, 7, 7, 7).values())
                .containsExactly(2, 0, 0, 3, 0, 1);
        assertThat(of(rule(TickAggregate.SUM, 9), times, -1, -2, 4, -4, -5, 0).values())
                .containsExactly(-3, 0, 0, -5, 0, 0);
    }

    @Test
    void aZeroThatWasReadIsAReadingAndOneThatFillsIsNone() {
        TickSeries sums = of(rule(TickAggregate.SUM, 9), new long[] {0, TICK, 3 * TICK}, 1, 0, 1);

        assertThat(sums.values()).containsExactly(1, 0, 0, 1);
        assertThat(sums.readings(-1, 5)).containsExactly(false, true, true, false, true, false);
    }

    @Test
    void aGapThatIsLongerThanALifeEndsInMissingTicks() {
        TickSeries counts = of(rule(TickAggregate.COUNT, 3), new long[] {0, 6 * TICK}, 1, 1);

        assertThat(counts.values()).containsExactly(1, 0, 0, NAN, NAN, NAN, 1);
    }

    @Test
    void theLastValueFillsWhereTheRuleSaysSo() {
        TickDefinition last =
                TickDefinition.of(
                        TICK, new TickMeaning(TickAggregate.LAST, EmptyTickPolicy.LAST), 3);

        assertThat(of(last, new long[] {0, 1, 5 * TICK, 7 * TICK}, 8, -2, 3, 4).values())
                .containsExactly(-2, -2, -2, NAN, NAN, 3, 3, 4);
    }

    @Test
    void readingsOfALongSeriesAreFoundWhereverARangeBegins() {
        SplittableRandom random = new SplittableRandom(4);
        List<Long> times = new ArrayList<>();
        for (long tick = 0; tick < 1_000; tick++) {
            if (tick == 0 || tick == 999 || random.nextInt(5) == 0) {
                times.add(tick * TICK);
            }
        }
        long[] at = times.stream().mapToLong(time -> time).toArray();
        TickSeries counts = of(rule(TickAggregate.COUNT, 500), at, new double[at.length]);

        for (long from : new long[] {0, 1, 63, 64, 65, 500, 990}) {
            boolean[] readings = counts.readings(from, from + 130);
            for (int i = 0; i < readings.length; i++) {
                long tick = from + i;
                assertThat(readings[i]).isEqualTo(times.contains(tick * TICK));
                if (tick < 1_000) {
                    assertThat(counts.valueAt(tick)).isEqualTo(readings[i] ? 1 : 0);
                }
            }
        }
    }

    /** Whoever counted before, the ticks are the same. */
    @Test
    void eventsAndTheirCountsGivenAsReadyTicksAreTheSameTicks() {
        SplittableRandom random = new SplittableRandom(9);
        List<Long> events = new ArrayList<>();
        long[] counts = new long[400];
        for (long tick = 0; tick < 400; tick++) {
            int count = tick == 0 ? 2 : random.nextInt(6) == 0 ? 1 + random.nextInt(3) : 0;
            counts[(int) tick] = count;
            for (int i = 0; i < count; i++) {
                events.add(tick * TICK + random.nextLong(TICK));
            }
        }
        // One more tick, of which the end is not known.
        events.add(400 * TICK + 3);
        int last = 399;
        while (counts[last] == 0) {
            last--;
        }
        long[] ready = new long[last + 1];
        double[] values = new double[last + 1];
        for (int tick = 0; tick <= last; tick++) {
            ready[tick] = tick * TICK;
            values[tick] = counts[tick];
        }
        long[] times = events.stream().mapToLong(time -> time).toArray();
        History raw = history(new SeriesHistory("a", times, new double[times.length]));
        History counted = history(new SeriesHistory("a", ready, values));

        assertThat(raw.ticks(rule(TickAggregate.COUNT, 100)))
                .isEqualTo(counted.ticks(rule(TickAggregate.SUM, 100)))
                .isEqualTo(counted.ticks(TickDefinition.of(TICK, TickAggregate.MEAN)));
    }

    @Test
    void aLastTickThatMayBePartialIsLeftOutOfSumsAndCounts() {
        History history =
                history(
                        new SeriesHistory(
                                "a",
                                new long[] {0, 10, TICK, 2 * TICK, 2 * TICK + 50},
                                new double[] {1, 2, 3, 4, 5}),
                        new SeriesHistory("b", new long[] {0, 7}, new double[] {1, 1}),
                        new SeriesHistory("c", new long[] {2 * TICK + 1}, new double[] {9}));

        List<TickSeries> sums = history.ticks(rule(TickAggregate.SUM, 9));

        assertThat(sums.get(0).values()).containsExactly(3, 3);
        assertThat(sums.get(1).values()).containsExactly(2);
        // It has no other.
        assertThat(sums.get(2).values()).containsExactly(9);
        assertThat(history.ticks(0, rule(TickAggregate.SUM, 9))).isEqualTo(sums.get(0));
        assertThat(history.ticks(rule(TickAggregate.MEAN, 9)).get(0).values())
                .containsExactly(1.5, 3, 4.5);
    }

    @Test
    void theLastTickOfAHistoryThatWasCutAtItsBorderIsWhole() {
        History history =
                history(
                        new SeriesHistory(
                                "a",
                                new long[] {0, 10, TICK + 5, 2 * TICK + 50},
                                new double[] {1, 2, 3, 4}));

        assertThat(history.before(2 * TICK).ticks(rule(TickAggregate.SUM, 9)).get(0).values())
                .containsExactly(3, 3);
        assertThat(history.before(9 * TICK).ticks(rule(TickAggregate.SUM, 9)).get(0).values())
                .containsExactly(3, 3);
        assertThat(
                        history.only(key -> key.equals("a"))
                                .ticks(rule(TickAggregate.COUNT, 9))
                                .get(0)
                                .values())
                .containsExactly(2, 1);
    }

    @Test
    void ofReadyTicksTheLastIsAsWholeAsAnyOther() {
        History ready =
                history(
                        new SeriesHistory(
                                "a",
                                new long[] {5, TICK + 5, 4 * TICK + 5},
                                new double[] {1, 2, 3}));
        History twice =
                history(new SeriesHistory("a", new long[] {5, TICK + 5, TICK + 5}, new double[3]));

        assertThat(ready.ticks(rule(TickAggregate.SUM, 9)).get(0).values())
                .containsExactly(1, 2, 0, 0, 3);
        assertThat(twice.ticks(rule(TickAggregate.COUNT, 9)).get(0).values()).containsExactly(1);
    }

    @Test
    void eventsInAnyOrderGiveTheSameTicks() {
        long[] sorted = {0, 10, TICK, 4 * TICK, 5 * TICK, 5 * TICK + 1};
        long[] shuffled = {4 * TICK, 10, 5 * TICK + 1, 0, 5 * TICK, TICK};

        assertThat(
                        history(new SeriesHistory("a", shuffled, new double[6]))
                                .ticks(rule(TickAggregate.COUNT, 9)))
                .isEqualTo(
                        history(new SeriesHistory("a", sorted, new double[6]))
                                .ticks(rule(TickAggregate.COUNT, 9)));
    }

    private static History history(SeriesHistory... series) {
        return new History("events", List.of(series));
    }
}
