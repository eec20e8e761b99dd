package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.score.RollingScores;
import io.tickformer.feedback.score.ScoredTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors as multiples of those of simple forecasters, over series of all sizes. */
final class LiveErrorsTest {
    private static final FeedbackShape SHAPE =
            new FeedbackShape(1, new double[] {0.1, 0.5, 0.9}, 24, 60_000);
    private static final double[] IS_TARGET = {0};

    private final LiveErrors errors = new LiveErrors();

    /** The scores of a series with one target of the value 0. */
    private static RollingScores scores(double error, double naive, double seasonal) {
        RollingScores scores = new RollingScores(SHAPE);
        scores.add(0, new ScoredTarget(new double[] {error, error, error}, naive, seasonal, 0));
        return scores;
    }

    @Test
    void nothingIsKnownBeforeTheFirstTarget() {
        errors.add(new double[] {Double.NaN}, scores(1, 2, 3));

        assertThat(errors.toNaive()).isNaN();
        assertThat(errors.toSeasonalNaive()).isNaN();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 1, 1e12, 1e30})
    void theRatioIsThatOfTheErrorsWhateverTheSizeOfTheSeries(double scale) {
        for (int tick = 0; tick < 100; tick++) {
            errors.add(IS_TARGET, scores(scale, 2 * scale, 4 * scale));
        }

        assertThat(errors.toNaive()).isCloseTo(0.5, within(1e-9));
        assertThat(errors.toSeasonalNaive()).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void aSeriesOnWhichNaiveIsNearlyPerfectDoesNotOutweighTheOthers() {
        for (int tick = 0; tick < 100; tick++) {
            for (int series = 0; series < 9; series++) {
                errors.add(IS_TARGET, scores(1, 2, 2));
            }
            errors.add(IS_TARGET, scores(1, 1e-12, 2));
        }

        // The mean of the ratios would be 1e11.
        assertThat(errors.toNaive()).isBetween(0.5, 0.7);
    }

    @Test
    void aConstantSeriesThatAllForecastPerfectlySaysNothing() {
        errors.add(IS_TARGET, scores(0, 0, 0));
        assertThat(errors.toNaive()).isNaN();

        errors.add(IS_TARGET, scores(3, 2, Double.NaN));
        assertThat(errors.toNaive()).isCloseTo(1.5, within(1e-9));
        assertThat(errors.toSeasonalNaive()).isNaN();
    }
}
