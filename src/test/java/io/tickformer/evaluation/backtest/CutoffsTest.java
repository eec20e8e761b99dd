package io.tickformer.evaluation.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.history.HistoryException;
import io.tickformer.history.SplitBorders;
import org.junit.jupiter.api.Test;

class CutoffsTest {
    private static final SplitBorders ETT = new SplitBorders(0, 8_640, 11_520, 14_400);

    @Test
    void theLongHorizonProtocolHasAsManyWindowsAsTheTablesSay() {
        assertThat(Cutoffs.every(ETT, EvaluatedSet.TEST, 96))
                .isEqualTo(new Cutoffs(11_519, 14_303, 2_785, 96));
        assertThat(Cutoffs.every(ETT, EvaluatedSet.TEST, 720).count()).isEqualTo(2_161);
        assertThat(Cutoffs.every(ETT, EvaluatedSet.VALIDATION, 96).first()).isEqualTo(8_639);
    }

    @Test
    void noTargetLeavesThePart() {
        Cutoffs every = Cutoffs.every(ETT, EvaluatedSet.VALIDATION, 96);

        assertThat(every.at(0) + 1).isEqualTo(8_640);
        assertThat(every.at(every.count() - 1) + 96).isEqualTo(11_519);
    }

    @Test
    void fewerCutoffsKeepTheFirstAndTheLast() {
        Cutoffs few = new Cutoffs(10, 30, 21, 5).atMost(3);

        assertThat(new long[] {few.at(0), few.at(1), few.at(2)}).containsExactly(10, 20, 30);
        assertThat(few.atMost(1).at(0)).isEqualTo(30);
        assertThat(few.atMost(100)).isEqualTo(few);
    }

    @Test
    void aStrideStartsAtTheFirst() {
        Cutoffs strided = new Cutoffs(10, 30, 21, 5).stride(8);

        assertThat(strided).isEqualTo(new Cutoffs(10, 26, 3, 5));
        assertThat(strided.at(1)).isEqualTo(18);
    }

    @Test
    void aPartShorterThanTheHorizonIsRefused() {
        assertThatThrownBy(
                        () ->
                                Cutoffs.every(
                                        new SplitBorders(0, 50, 60, 80),
                                        EvaluatedSet.VALIDATION,
                                        24))
                .isInstanceOf(HistoryException.class)
                .hasMessage(
                        "the validation part is 10 ticks; expected at least the horizon of 24: give"
                                + " more rows, another split (--split) or a shorter horizon"
                                + " (--horizon)");
    }
}
