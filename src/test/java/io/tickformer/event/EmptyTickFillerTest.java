package io.tickformer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class EmptyTickFillerTest {
    @Test
    void anEmptyTickOfASeriesThatLivesIsAsTheRuleSays() {
        assertThat(new EmptyTickFiller(EmptyTickPolicy.MISSING, 4).value(12, 10, 7)).isNaN();
        assertThat(new EmptyTickFiller(EmptyTickPolicy.ZERO, 4).value(12, 10, 7)).isZero();
        assertThat(new EmptyTickFiller(EmptyTickPolicy.LAST, 4).value(12, 10, -7)).isEqualTo(-7);
    }

    @Test
    void aSeriesLivesForSoManyTicksFromItsReadingOn() {
        EmptyTickFiller zeros = new EmptyTickFiller(EmptyTickPolicy.ZERO, 4);
        assertThat(zeros.value(13, 10, 0)).isZero();
        assertThat(zeros.value(14, 10, 0)).isNaN();
        assertThat(zeros.isAlive(13, 10)).isTrue();
        assertThat(zeros.isAlive(14, 10)).isFalse();
        assertThat(new EmptyTickFiller(EmptyTickPolicy.ZERO, 1).value(11, 10, 5)).isNaN();
    }

    @Test
    void beforeTheFirstReadingATickIsMissing() {
        assertThat(
                        new EmptyTickFiller(EmptyTickPolicy.ZERO, 4)
                                .value(-3, Long.MIN_VALUE, Double.NaN))
                .isNaN();
        assertThat(
                        new EmptyTickFiller(EmptyTickPolicy.LAST, 4)
                                .value(3, Long.MIN_VALUE, Double.NaN))
                .isNaN();
    }

    @Test
    void whatAnEmptyTickIsFollowsFromTheAggregate() {
        for (TickAggregate aggregate : TickAggregate.values()) {
            boolean adds = aggregate == TickAggregate.COUNT || aggregate == TickAggregate.SUM;
            assertThat(TickMeaning.of(aggregate).empty())
                    .isEqualTo(adds ? EmptyTickPolicy.ZERO : EmptyTickPolicy.MISSING);
        }
        assertThat(new TickMeaning(TickAggregate.MEAN, EmptyTickPolicy.LAST).text())
                .isEqualTo("mean, empty ticks last");
    }

    @Test
    void aLifeOfNoTickIsRefused() {
        assertThatThrownBy(() -> new EmptyTickFiller(EmptyTickPolicy.ZERO, 0))
                .hasMessage("a series lives for 0 ticks; expected at least 1");
    }
}
