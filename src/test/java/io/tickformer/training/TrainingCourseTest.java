package io.tickformer.training;

import static io.tickformer.training.ValidationMetric.PINBALL;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrainingCourseTest {
    private final TrainingCourse start = TrainingCourse.from(state(0));

    @Test
    void aWorseValidationKeepsTheBestParameters() {
        TrainingCourse course =
                start.stepped(4)
                        .stepped(2)
                        .validated(pinball(0.5), PINBALL, state(2))
                        .stepped(1)
                        .validated(pinball(0.6), PINBALL, state(3));

        assertThat(course.bestParameters()).containsExactly(2);
        assertThat(course.bestStep()).isEqualTo(2);
        assertThat(course.bestScores()).isEqualTo(pinball(0.5));
        assertThat(course.scores()).isEqualTo(pinball(0.6));
        assertThat(course.curve())
                .containsExactly(
                        new CurvePoint(2, 3, pinball(0.5)), new CurvePoint(3, 1, pinball(0.6)));
        assertThat(course.validationsSinceBest()).isEqualTo(1);
        assertThat(course.state().parameters()).containsExactly(-3);
    }

    @Test
    void aBetterValidationTakesItsPlace() {
        TrainingCourse course =
                start.stepped(1)
                        .validated(pinball(0.5), PINBALL, state(1))
                        .stepped(1)
                        .validated(pinball(0.4), PINBALL, state(2));

        assertThat(course.bestParameters()).containsExactly(2);
        assertThat(course.validationsSinceBest()).isZero();
    }

    @Test
    void aLossThatIsNoNumberIsNeverTheBest() {
        TrainingCourse course = start.stepped(1).validated(pinball(Double.NaN), PINBALL, state(1));

        assertThat(course.bestStep()).isZero();
        assertThat(course.validationsSinceBest()).isEqualTo(1);
    }

    @Test
    void theRecentLossIsTheMeanSinceTheLastValidation() {
        TrainingCourse course = start.stepped(4).stepped(2);
        assertThat(course.recentLoss()).isEqualTo(3);
        assertThat(course.validated(pinball(0.5), PINBALL, state(2)).recentLoss()).isEqualTo(3);
        assertThat(course.validated(pinball(0.5), PINBALL, state(2)).stepped(1).recentLoss())
                .isEqualTo(1);
    }

    @Test
    void theMetricThatSelectsDecidesWhatIsBest() {
        ValidationScores first = new ValidationScores(1, 1, 4, 1, 1, 1);
        ValidationScores second = new ValidationScores(2, 2, 3, 2, 2, 2);
        for (ValidationMetric metric : ValidationMetric.values()) {
            TrainingCourse course =
                    start.stepped(1)
                            .validated(first, metric, state(1))
                            .stepped(1)
                            .validated(second, metric, state(2));

            assertThat(course.bestStep())
                    .as(metric.toString())
                    .isEqualTo(metric == ValidationMetric.MSE ? 2 : 1);
        }
    }

    private static ValidationScores pinball(double pinball) {
        return new ValidationScores(0, pinball, 0, 0, 0, 0);
    }

    /** A state whose only averaged parameter tells its step. */
    private static TrainingState state(int step) {
        return new TrainingState(
                new float[] {-step}, new float[1], new float[1], new float[] {step}, step);
    }
}
