package io.tickformer.training;

import static io.tickformer.training.ValidationMetric.PINBALL;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunStateTest {
    private final RunState start = RunState.from(state(0));

    @Test
    void aWorseValidationKeepsTheBestParameters() {
        RunState run =
                start.stepped(4)
                        .stepped(2)
                        .validated(pinball(0.5), PINBALL, state(2))
                        .stepped(1)
                        .validated(pinball(0.6), PINBALL, state(3));

        assertThat(run.bestParameters()).containsExactly(2);
        assertThat(run.bestStep()).isEqualTo(2);
        assertThat(run.bestScores()).isEqualTo(pinball(0.5));
        assertThat(run.scores()).isEqualTo(pinball(0.6));
        assertThat(run.curve())
                .containsExactly(
                        new LearningCurvePoint(2, 3, pinball(0.5)),
                        new LearningCurvePoint(3, 1, pinball(0.6)));
        assertThat(run.validationsSinceBest()).isEqualTo(1);
        assertThat(run.optimiser().parameters()).containsExactly(-3);
    }

    @Test
    void aBetterValidationTakesItsPlace() {
        RunState run =
                start.stepped(1)
                        .validated(pinball(0.5), PINBALL, state(1))
                        .stepped(1)
                        .validated(pinball(0.4), PINBALL, state(2));

        assertThat(run.bestParameters()).containsExactly(2);
        assertThat(run.validationsSinceBest()).isZero();
    }

    @Test
    void aLossThatIsNoNumberIsNeverTheBest() {
        RunState run = start.stepped(1).validated(pinball(Double.NaN), PINBALL, state(1));

        assertThat(run.bestStep()).isZero();
        assertThat(run.validationsSinceBest()).isEqualTo(1);
    }

    @Test
    void theRecentLossIsTheMeanSinceTheLastValidation() {
        RunState run = start.stepped(4).stepped(2);
        assertThat(run.recentLoss()).isEqualTo(3);
        assertThat(run.validated(pinball(0.5), PINBALL, state(2)).recentLoss()).isEqualTo(3);
        assertThat(run.validated(pinball(0.5), PINBALL, state(2)).stepped(1).recentLoss())
                .isEqualTo(1);
    }

    @Test
    void theMetricThatSelectsDecidesWhatIsBest() {
        ValidationScores first = new ValidationScores(1, 1, 4, 1, 1, 1);
        ValidationScores second = new ValidationScores(2, 2, 3, 2, 2, 2);
        for (ValidationMetric metric : ValidationMetric.values()) {
            RunState run =
                    start.stepped(1)
                            .validated(first, metric, state(1))
                            .stepped(1)
                            .validated(second, metric, state(2));

            assertThat(run.bestStep())
                    .as(metric.toString())
                    .isEqualTo(metric == ValidationMetric.MSE ? 2 : 1);
        }
    }

    private static ValidationScores pinball(double pinball) {
        return new ValidationScores(0, pinball, 0, 0, 0, 0);
    }

    /** A state whose only averaged parameter tells its step. */
    private static OptimiserState state(int step) {
        return new OptimiserState(
                new float[] {-step}, new float[1], new float[1], new float[] {step}, step);
    }
}
