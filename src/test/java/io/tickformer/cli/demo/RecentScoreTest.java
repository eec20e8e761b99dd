package io.tickformer.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.event.ForecastScore;
import io.tickformer.event.StepScore;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentScoreTest {
    @Test
    void meansAreOverTheTargetsOfAllSteps() {
        RecentScore score =
                RecentScore.of(
                        score(
                                new double[] {0.5, 0.8},
                                new StepScore(1, 30, 1, 0.5, 1, 2, new double[] {0.4, 0.9}),
                                new StepScore(4, 10, 5, 2.5, 1, 6, new double[] {0.6, 0.5})));

        assertThat(score.error()).isCloseTo(2, within(1e-12));
        assertThat(score.seasonalNaiveError()).isCloseTo(3, within(1e-12));
        assertThat(score.relativeError()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(score.coverage80()).isCloseTo(0.8, within(1e-12));
    }

    @Test
    void aStepWithoutABaselineCountsForCoverageOnly() {
        RecentScore score =
                RecentScore.of(
                        score(
                                new double[] {0.8},
                                new StepScore(1, 10, 1, 0.5, 1, 2, new double[] {0.7}),
                                new StepScore(2, 10, 99, 9, 1, Double.NaN, new double[] {0.9}),
                                new StepScore(
                                        4,
                                        0,
                                        Double.NaN,
                                        Double.NaN,
                                        Double.NaN,
                                        Double.NaN,
                                        new double[] {Double.NaN})));

        assertThat(score.relativeError()).isEqualTo(0.5);
        assertThat(score.coverage80()).isCloseTo(0.8, within(1e-12));
    }

    @Test
    void nothingIsKnownWithoutTargetsOrWithoutTheInterval() {
        RecentScore none = RecentScore.of(List.of());
        assertThat(none.coverage80()).isNaN();
        assertThat(none.relativeError()).isNaN();
        RecentScore other =
                RecentScore.of(
                        score(
                                new double[] {0.9},
                                new StepScore(1, 10, 1, 0.5, 1, 0, new double[] {0.7})));
        assertThat(other.coverage80()).isNaN();
        assertThat(other.relativeError()).isNaN();
    }

    private static ForecastScore score(double[] intervals, StepScore... steps) {
        return new ForecastScore("a", 9, 9_000, 1_000, 1, 1, 0, intervals, List.of(steps));
    }
}
