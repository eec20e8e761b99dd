package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickMeaning;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.TestModels;
import java.time.Instant;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.Test;

/** A job that begins to read in the middle of a tick. */
final class PartlyReadTickFilterTest {
    private static final long TICK = OperatorHarness.TICK_MILLIS;

    private static final ForecastSpec SUMS =
            TestModels.STREAMING.withTickMeaning(TickMeaning.of(TickAggregate.SUM));

    @Test
    void theFirstWholeTickStartsAtOrAfterTheTimeAtWhichReadingBegins() {
        assertThat(new PartlyReadTickFilter(5 * TICK).first(TICK)).isEqualTo(5);
        assertThat(new PartlyReadTickFilter(5 * TICK + 1).first(TICK)).isEqualTo(6);
        assertThat(new PartlyReadTickFilter(-TICK - 1).first(TICK)).isEqualTo(-1);
        assertThat(PartlyReadTickFilter.ofNewest(Instant.ofEpochMilli(3)).first(TICK)).isEqualTo(1);
        assertThat(PartlyReadTickFilter.ALL.first(TICK)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void whatIsNewestIsReadFromWhenTheTasksStart() {
        PartlyReadTickFilter newest =
                PartlyReadTickFilter.ofNewest(Instant.ofEpochMilli(3 * TICK + 1));
        assertThat(newest.startedAt(3 * TICK + 9).first(TICK)).isEqualTo(4);
        assertThat(newest.startedAt(4 * TICK + 9).first(TICK)).isEqualTo(5);
        assertThat(newest.startedAt(0).first(TICK)).as("a clock that is behind").isEqualTo(4);
        assertThat(new PartlyReadTickFilter(7).startedAt(9 * TICK))
                .isEqualTo(new PartlyReadTickFilter(7));
    }

    @Test
    void ofTwoTimesTheLaterCounts() {
        PartlyReadTickFilter early = new PartlyReadTickFilter(1);
        PartlyReadTickFilter late = new PartlyReadTickFilter(2);
        assertThat(early.and(late)).isEqualTo(late);
        assertThat(late.and(PartlyReadTickFilter.ALL)).isEqualTo(late);
    }

    @Test
    void onlySumsAndCountsNeedTheWholeOfATick() {
        PartlyReadTickFilter middle = new PartlyReadTickFilter(5 * TICK + 1);
        for (TickAggregate aggregate : TickAggregate.values()) {
            boolean adds = aggregate == TickAggregate.SUM || aggregate == TickAggregate.COUNT;
            assertThat(middle.takes(5, TICK, aggregate)).isEqualTo(!adds);
            assertThat(middle.takes(6, TICK, aggregate)).isTrue();
            assertThat(PartlyReadTickFilter.ALL.takes(-9, TICK, aggregate)).isTrue();
        }
    }

    @Test
    void aTickOfWhichAPartWasReadIsNoSum() throws Exception {
        try (OperatorHarness operator = open(SUMS, 5 * TICK + 7, null)) {
            operator.tick("a", 4, 1);
            operator.tick("a", 5, 1);
            operator.endOf(5);
            operator.tick("a", 6, 9);
            operator.endOf(6);

            assertThat(operator.output()).containsExactly("watermark 5", "a@6", "watermark 6");
            assertThat(operator.forecasts().get(0).observedTicks()).isEqualTo(1);
            assertThat(operator.counts().partialReadings.getCount()).isEqualTo(2);
        }
    }

    @Test
    void aMeanOfAPartIsOneOfTheTick() throws Exception {
        try (OperatorHarness operator = open(TestModels.STREAMING, 5 * TICK + 7, null)) {
            operator.tick("a", 5, 1);
            operator.endOf(5);

            assertThat(operator.output()).containsExactly("a@5", "watermark 5");
            assertThat(operator.counts().partialReadings.getCount()).isZero();
        }
    }

    /** Submitted later, it reads on where it stopped, and no tick is partial by that. */
    @Test
    void aJobThatGoesOnKeepsWhatItBeganWith() throws Exception {
        OperatorSubtaskState state;
        try (OperatorHarness operator = open(SUMS, 5 * TICK + 7, null)) {
            state = operator.checkpoint(1);
        }
        try (OperatorHarness operator = open(SUMS, 900 * TICK, state)) {
            operator.tick("a", 5, 1);
            operator.tick("a", 6, 1);
            operator.endOf(6);

            assertThat(operator.output()).containsExactly("a@6", "watermark 6");
        }
    }

    private static OperatorHarness open(
            ForecastSpec spec, long partialBefore, OperatorSubtaskState state) throws Exception {
        return OperatorHarness.open(
                TestModels.transformer(spec, 77),
                OperatorHarness.UNCHANGED.withWhole(new PartlyReadTickFilter(partialBefore)),
                new HashMapStateBackend(),
                state,
                1,
                0);
    }
}
