package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SeriesContextTest {
    private static final int T = 5;

    private final SeriesContext context = new SeriesContext(T);

    @Test
    void theFirstTickStartsTheContext() {
        assertThat(context.isEmpty()).isTrue();

        assertThat(context.update(100, 1.5)).isEqualTo(ContextChange.STARTED);

        assertThat(context.isEmpty()).isFalse();
        assertThat(context.headTick()).isEqualTo(100);
        assertThat(context.firstTick()).isEqualTo(100);
        assertThat(context.observedTicks()).isEqualTo(1);
        assertThat(context.spans(T)).isFalse();
    }

    @Test
    void theContextIsFullOnceItSpansItsLength() {
        for (int tick = 0; tick < T - 1; tick++) {
            context.update(tick, tick);
            assertThat(context.spans(T)).isFalse();
        }
        context.update(T - 1, 0);

        assertThat(context.spans(T)).isTrue();
    }

    @Test
    void ticksBeforeTheEpochAreTicksLikeOthers() {
        context.update(-3, 1);
        assertThat(context.update(-1, 2)).isEqualTo(ContextChange.APPENDED);
        assertThat(context.update(1, 3)).isEqualTo(ContextChange.APPENDED);

        assertThat(values()).containsExactly(1, Double.NaN, 2, Double.NaN, 3);
    }

    @Test
    void aGapBelowTheContextLengthBecomesMissingTicks() {
        context.update(10, 1);

        assertThat(context.update(10 + T, 2)).isEqualTo(ContextChange.APPENDED);

        assertThat(context.firstTick()).isEqualTo(10);
        assertThat(values()).containsExactly(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 2);
    }

    @Test
    void aGapOfTheContextLengthStartsAnew() {
        context.update(9, 7);
        context.update(10, 1);

        assertThat(context.update(10 + T + 1, 2)).isEqualTo(ContextChange.STARTED);

        assertThat(context.firstTick()).isEqualTo(10 + T + 1);
        assertThat(context.observedTicks()).isEqualTo(1);
        SeriesContext fresh = new SeriesContext(T);
        fresh.update(10 + T + 1, 2);
        assertThat(StoredContext.of(context)).isEqualTo(StoredContext.of(fresh));
    }

    @Test
    void missingTicksOneByOneEmptyTheContextAsOneGapDoes() {
        context.update(10, 1);
        for (int missing = 1; missing < T; missing++) {
            context.advanceTo(10 + missing);
            assertThat(context.isEmpty()).isFalse();
        }
        context.advanceTo(10 + T);

        assertThat(context.isEmpty()).isTrue();
        assertThat(context.update(10 + T + 1, 2)).isEqualTo(ContextChange.STARTED);
    }

    @Test
    void aGapAcrossAllOfTimeIsOneStep() {
        context.update(0, 1);

        assertThat(context.update(1L << 50, 2)).isEqualTo(ContextChange.STARTED);
    }

    @Test
    void advancingAnEmptyContextOrToThePastDoesNothing() {
        context.advanceTo(50);
        assertThat(context.isEmpty()).isTrue();
        context.update(60, 1);
        context.advanceTo(50);

        assertThat(context.headTick()).isEqualTo(60);
    }

    @Test
    void aLateTickInTheRingIsRevised() {
        context.update(10, 1);
        context.update(12, 3);

        assertThat(context.update(11, 2)).isEqualTo(ContextChange.REVISED);
        assertThat(context.update(12, 4)).isEqualTo(ContextChange.REVISED);

        assertThat(context.headTick()).isEqualTo(12);
        assertThat(context.observedTicks()).isEqualTo(3);
        assertThat(values()).containsExactly(Double.NaN, Double.NaN, 1, 2, 4);
    }

    @Test
    void aLateTickBeforeTheFirstBecomesTheFirst() {
        context.update(10, 1);

        assertThat(context.update(8, 3)).isEqualTo(ContextChange.REVISED);

        assertThat(context.firstTick()).isEqualTo(8);
        assertThat(values()).containsExactly(Double.NaN, Double.NaN, 3, Double.NaN, 1);
    }

    @Test
    void aTickThatLeftTheRingIsIgnored() {
        for (int tick = 0; tick < 20; tick++) {
            context.update(tick, tick);
        }
        byte[] before = StoredContext.of(context);

        assertThat(context.update(19 - T, 99)).isEqualTo(ContextChange.IGNORED_TOO_OLD);

        assertThat(StoredContext.of(context)).isEqualTo(before);
    }

    @Test
    void theLastObservedValueSkipsMissingTicks() {
        context.update(10, 1);
        context.update(11, 2);
        context.advanceTo(13);

        assertThat(context.lastObserved()).isEqualTo(2);
        assertThat(context.lastObservedTick()).isEqualTo(11);
        assertThat(context.observedTicks()).isEqualTo(2);
    }

    @Test
    void valuesThatAreNoNumbersAreRefused() {
        assertThatThrownBy(() -> context.update(3, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the value of tick 3 is NaN; expected a finite number");
        assertThatThrownBy(() -> context.update(3, Double.POSITIVE_INFINITY))
                .hasMessageContaining("Infinity");
    }

    @Test
    void valuesBeyondAllMeasureEnterAtTheLargestMagnitude() {
        context.update(0, 1e300);
        context.update(1, -1e300);

        assertThat(context.valueAt(0)).isEqualTo(SeriesContext.LARGEST_MAGNITUDE);
        assertThat(context.valueAt(1)).isEqualTo(-SeriesContext.LARGEST_MAGNITUDE);
    }

    @Test
    void anEmptyContextHasNoHead() {
        assertThatThrownBy(context::headTick)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the context is empty");
    }

    @Test
    void ticksOutsideTheRingHaveNoValue() {
        context.update(10, 1);

        assertThatThrownBy(() -> context.valueAt(11))
                .hasMessage("tick 11 is outside the ring; expected 6 to 10");
        assertThatThrownBy(() -> context.valueAt(5)).hasMessageContaining("tick 5");
    }

    @Test
    void aCopyLivesItsOwnLife() {
        context.update(10, 1);
        SeriesContext copy = context.copy();
        context.update(11, 2);

        assertThat(copy.headTick()).isEqualTo(10);
        assertThat(copy.update(11, 2)).isEqualTo(ContextChange.APPENDED);
        assertThat(StoredContext.of(copy)).isEqualTo(StoredContext.of(context));
    }

    private double[] values() {
        double[] values = new double[T];
        for (int i = 0; i < T; i++) {
            values[i] = context.valueAt(context.headTick() - T + 1 + i);
        }
        return values;
    }
}
