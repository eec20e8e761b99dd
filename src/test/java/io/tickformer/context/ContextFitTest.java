package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.spec.Normalisation;
import org.junit.jupiter.api.Test;

final class ContextFitTest {
    private static final Normalisation NORMALISATION = new Normalisation(4, 4);

    private static SeriesContext context(int length, int ticks) {
        SeriesContext context = new SeriesContext(length);
        for (int tick = 0; tick < ticks; tick++) {
            context.update(tick, tick * tick);
        }
        return context;
    }

    @Test
    void aContextThatFitsIsLeftAlone() {
        SeriesContext context = context(4, 9);

        assertThat(ContextFit.of(context, 4)).isSameAs(context);
    }

    @Test
    void aLongerContextWarmsUpFromTheTicksItHas() {
        SeriesContext longer = ContextFit.of(context(4, 9), 6);

        assertThat(longer.spans(6)).isFalse();
        assertThat(longer.firstTick()).isEqualTo(5);
        assertThat(longer.observedTicks()).isEqualTo(4);
        longer.update(9, 81);
        assertThat(longer.spans(6)).isFalse();
        longer.update(10, 100);
        assertThat(longer.spans(6)).isTrue();
        assertThat(longer.observedTicks()).isEqualTo(6);
    }

    @Test
    void aTickBeforeTheOnesThatAreKnownFillsItsPlace() {
        SeriesContext longer = ContextFit.of(context(4, 9), 6);

        assertThat(longer.update(4, 16)).isEqualTo(Change.REVISED);
        assertThat(longer.firstTick()).isEqualTo(4);
        assertThat(longer.update(5, 1000)).isEqualTo(Change.REVISED);
    }

    @Test
    void aYoungSeriesTakesATickBeforeItsFirstInALongerContextToo() {
        SeriesContext longer = ContextFit.of(context(4, 3), 6);

        assertThat(longer.update(-2, 5)).isEqualTo(Change.REVISED);
        assertThat(longer.firstTick()).isEqualTo(-2);
    }

    @Test
    void aGapOfTheShorterLengthStartsTheContextAnewBehindIt() {
        SeriesContext context = context(8, 4);
        context.update(7, 70);
        context.update(8, 80);

        SeriesContext shorter = ContextFit.of(context, 3);

        SeriesContext anew = new SeriesContext(3);
        anew.update(7, 70);
        anew.update(8, 80);
        assertThat(ContextBytes.of(shorter)).isEqualTo(ContextBytes.of(anew));
    }

    @Test
    void aSeriesSilentForTheShorterLengthHasAnEmptyContext() {
        SeriesContext context = context(8, 4);
        context.advanceTo(6);

        assertThat(ContextFit.of(context, 4).isEmpty()).isFalse();
        assertThat(ContextFit.of(context, 3).isEmpty()).isTrue();
        assertThat(ContextFit.of(ContextFit.of(context, 3), 8))
                .matches(SeriesContext::isEmpty)
                .matches(empty -> empty.ringTicks() == 8);
    }
}
