package io.tickformer.feedback.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.feedback.issued.FeedbackShape;
import org.junit.jupiter.api.Test;

/** The sums behind the scores of a series. */
final class RollingScoresTest {
    private static final FeedbackShape SHAPE =
            new FeedbackShape(4, new double[] {0.1, 0.5, 0.9}, 24, 60_000);

    private final RollingScores scores = new RollingScores(SHAPE);

    @Test
    void aTargetIsScoredByEachMeasure() {
        scores.add(1, new ScoredTarget(new double[] {1, 2, 4}, 3, 7, 5));
        StepMeans score = scores.total(1);
        assertThat(score.targets()).isEqualTo(1);
        assertThat(score.absoluteError()).isEqualTo(3);
        // (0.1 x 4 + 0.5 x 3 + 0.9 x 1) / 3
        assertThat(score.pinball()).isCloseTo(2.8 / 3, within(1e-12));
        assertThat(score.coverage()).containsExactly(0);
        assertThat(score.naiveError()).isEqualTo(2);
        assertThat(score.seasonalNaiveError()).isEqualTo(2);
        assertThat(scores.recent(1)).isEqualTo(score);
        assertThat(scores.total(0).targets()).isZero();
        assertThat(scores.total(0).absoluteError()).isNaN();
    }

    @Test
    void theShareOfRecentErrorsIsThatOfTheirMeans() {
        assertThat(scores.recentShareToNaive(0)).isNaN();
        scores.add(0, new ScoredTarget(new double[] {1, 2, 4}, 3, Double.NaN, 5));
        scores.add(0, new ScoredTarget(new double[] {1, 2, 4}, 6, 9, 5));
        StepMeans means = scores.recent(0);
        double error = means.absoluteError();
        assertThat(scores.recentShareToNaive(0))
                .isCloseTo(error / (error + means.naiveError()), within(1e-12));
        // Seasonal naive knew only one of the two.
        assertThat(scores.recentShareToSeasonalNaive(0))
                .isCloseTo(error / (error + means.seasonalNaiveError()), within(1e-12));
    }

    @Test
    void aTargetWithoutSeasonalForecastCountsForTheOthers() {
        scores.add(0, new ScoredTarget(new double[] {1, 2, 4}, 3, Double.NaN, 2));
        assertThat(scores.total(0).seasonalNaiveError()).isNaN();
        assertThat(scores.total(0).naiveError()).isEqualTo(1);
        assertThat(scores.total(0).coverage()).containsExactly(1);
    }

    @Test
    void theWeightOfARecentTargetHalvesInItsHalfLife() {
        scores.add(0, new ScoredTarget(new double[] {0, 0, 0}, 0, 0, 4));
        for (int tick = 0; tick < RollingScores.HALF_LIFE_TICKS; tick++) {
            scores.age(0, 1);
        }
        assertThat(scores.recent(0).targets()).isCloseTo(0.5, within(1e-9));
        scores.add(0, new ScoredTarget(new double[] {0, 0, 0}, 0, 0, 1));
        assertThat(scores.recent(0).absoluteError()).isCloseTo(2, within(1e-9));
        assertThat(scores.total(0).absoluteError()).isCloseTo(2.5, within(1e-9));
    }

    @Test
    void aRevisedTargetCountsOnceWithItsNewValue() {
        ScoredTarget target = new ScoredTarget(new double[] {1, 2, 4}, 3, 7, 5);
        scores.add(0, new ScoredTarget(new double[] {1, 2, 4}, 3, 7, 1e6));
        scores.age(0, 1);
        scores.revise(0, target, 1, 1e6);
        RollingScores expected = new RollingScores(SHAPE);
        expected.add(0, target);
        assertThat(scores.total(0).targets()).isEqualTo(1);
        assertThat(scores.total(0).absoluteError()).isCloseTo(3, within(1e-6));
        assertThat(scores.recent(0).absoluteError()).isCloseTo(3, within(1e-6));
        assertThat(scores.total(0).coverage()).isEqualTo(expected.total(0).coverage());
    }

    @Test
    void aTargetThatWasMissingIsAddedLater() {
        scores.revise(0, new ScoredTarget(new double[] {1, 2, 4}, 3, 7, 5), 2, Double.NaN);
        assertThat(scores.total(0).targets()).isEqualTo(1);
        assertThat(scores.recent(0).targets()).isLessThan(1);
    }
}
