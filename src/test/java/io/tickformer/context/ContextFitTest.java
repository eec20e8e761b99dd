package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.spec.Normalisation;
import org.junit.jupiter.api.Test;

final class ContextFitTest {
    private static final Normalisation NORMALISATION = new Normalisation(4, 1e-3, 1e-6);

    private static SeriesContext context(int length, int ticks) {
        SeriesContext context = new SeriesContext(length, NORMALISATION);
        for (int tick = 0; tick < ticks; tick++) {
            context.update(tick, tick * tick);
        }
        return context;
    }

    @Test
    void aContextThatFitsIsLeftAlone() {
        SeriesContext context = context(4, 9);

        assertThat(ContextFit.of(context, 4, new Normalisation(4, 1e-3, 1e-6))).isSameAs(context);
    }

    @Test
    void aLongerContextWarmsUpFromTheTicksItHas() {
        SeriesContext longer = ContextFit.of(context(4, 9), 6, NORMALISATION);

        assertThat(longer.isFull()).isFalse();
        assertThat(longer.firstTick()).isEqualTo(5);
        assertThat(longer.observedTicks()).isEqualTo(4);
        longer.update(9, 81);
        assertThat(longer.isFull()).isFalse();
        longer.update(10, 100);
        assertThat(longer.isFull()).isTrue();
        assertThat(longer.observedTicks()).isEqualTo(6);
    }

    @Test
    void aTickBeforeTheOnesThatAreKnownCountsAlreadyAndIsNotTakenTwice() {
        SeriesContext longer = ContextFit.of(context(4, 9), 6, NORMALISATION);
        byte[] before = ContextBytes.of(longer);

        assertThat(longer.update(4, 1000)).isEqualTo(Change.IGNORED_TOO_OLD);
        assertThat(ContextBytes.of(longer)).isEqualTo(before);
        assertThat(longer.update(5, 1000)).isEqualTo(Change.REVISED);
    }

    @Test
    void aYoungSeriesTakesATickBeforeItsFirstInALongerContextToo() {
        SeriesContext longer = ContextFit.of(context(4, 3), 6, NORMALISATION);

        assertThat(longer.update(-2, 5)).isEqualTo(Change.REVISED);
        assertThat(longer.firstTick()).isEqualTo(-2);
    }

    @Test
    void aGapOfTheShorterLengthStartsTheContextAnewBehindIt() {
        SeriesContext context = context(8, 4);
        context.update(7, 70);
        context.update(8, 80);

        SeriesContext shorter = ContextFit.of(context, 3, NORMALISATION);

        SeriesContext anew = new SeriesContext(3, NORMALISATION);
        anew.update(7, 70);
        anew.update(8, 80);
        assertThat(ContextBytes.of(shorter)).isEqualTo(ContextBytes.of(anew));
    }

    @Test
    void aSeriesSilentForTheShorterLengthHasAnEmptyContext() {
        SeriesContext context = context(8, 4);
        context.advanceTo(6);

        assertThat(ContextFit.of(context, 4, NORMALISATION).isEmpty()).isFalse();
        assertThat(ContextFit.of(context, 3, NORMALISATION).isEmpty()).isTrue();
        assertThat(ContextFit.of(ContextFit.of(context, 3, NORMALISATION), 8, NORMALISATION))
                .matches(SeriesContext::isEmpty)
                .matches(empty -> empty.contextLength() == 8);
    }

    @Test
    void otherFloorsOfTheScaleTakeTheContextAsItIs() {
        SeriesContext context = context(4, 9);
        Normalisation floors = new Normalisation(4, 1e-3, 1e3);

        SeriesContext fitted = ContextFit.of(context, 4, floors);

        assertThat(ContextBytes.of(fitted)).isEqualTo(ContextBytes.of(context));
        assertThat(fitted.normalisation()).isEqualTo(floors);
        assertThat(fitted.mark().orElseThrow().before().get(0).scale())
                .isGreaterThan(context.mark().orElseThrow().before().get(0).scale());
    }

    @Test
    void anotherHalfLifeIsRefused() {
        assertThatThrownBy(() -> ContextFit.of(context(4, 9), 4, new Normalisation(5, 1e-3, 1e-6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected the same half-life");
    }
}
