package io.tickformer.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrainingCourseTest {
    private final TrainingCourse start = TrainingCourse.from(state(0));

    @Test
    void aWorseValidationKeepsTheBestParameters() {
        TrainingCourse course =
                start.stepped(4)
                        .stepped(2)
                        .validated(0.5, state(2))
                        .stepped(1)
                        .validated(0.6, state(3));

        assertThat(course.bestParameters()).containsExactly(2);
        assertThat(course.bestStep()).isEqualTo(2);
        assertThat(course.bestValidationLoss()).isEqualTo(0.5);
        assertThat(course.validationLoss()).isEqualTo(0.6);
        assertThat(course.validationsSinceBest()).isEqualTo(1);
        assertThat(course.state().parameters()).containsExactly(3);
    }

    @Test
    void aBetterValidationTakesItsPlace() {
        TrainingCourse course =
                start.stepped(1).validated(0.5, state(1)).stepped(1).validated(0.4, state(2));

        assertThat(course.bestParameters()).containsExactly(2);
        assertThat(course.validationsSinceBest()).isZero();
    }

    @Test
    void aLossThatIsNoNumberIsNeverTheBest() {
        TrainingCourse course = start.stepped(1).validated(Double.NaN, state(1));

        assertThat(course.bestStep()).isZero();
        assertThat(course.validationsSinceBest()).isEqualTo(1);
    }

    @Test
    void theRecentLossIsTheMeanSinceTheLastValidation() {
        TrainingCourse course = start.stepped(4).stepped(2);
        assertThat(course.recentLoss()).isEqualTo(3);
        assertThat(course.validated(0.5, state(2)).recentLoss()).isEqualTo(3);
        assertThat(course.validated(0.5, state(2)).stepped(1).recentLoss()).isEqualTo(1);
    }

    /** A state whose only parameter tells its step. */
    private static TrainingState state(int step) {
        return new TrainingState(new float[] {step}, new float[1], new float[1], step);
    }
}
