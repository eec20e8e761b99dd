package io.tickformer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.history.History;
import io.tickformer.spec.CalendarFeature;
import io.tickformer.spec.SeasonalPath;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandardChoicesTest {
    @Test
    void theContextSuitsTheHistory() {
        assertThat(suited(8640)).isEqualTo(new ContextChoice(16, 12, 3));
        assertThat(suited(4 * 544)).isEqualTo(new ContextChoice(16, 12, 3));
        assertThat(suited(4 * 544 - 1)).isEqualTo(new ContextChoice(8, 8, 2));
        assertThat(suited(200)).isEqualTo(new ContextChoice(4, 6, 2));
    }

    @Test
    void cyclesOfTheCalendarAreThoseTheHistorySpansOftenEnough() {
        assertThat(CalendarChoice.suited(Histories.HOUR, 8640, null))
                .containsExactly(CalendarFeature.HOUR_OF_DAY);
        assertThat(CalendarChoice.suited(Histories.HOUR, 8640, new SeasonalPath(24, 7)))
                .doesNotContain(CalendarFeature.HOUR_OF_DAY);
        assertThat(CalendarChoice.suited(12 * Histories.HOUR, 720, null)).isEmpty();
        assertThat(CalendarChoice.suited(Histories.HOUR, 720, null)).isEmpty();
    }

    @Test
    void theCalendarCanBeGivenByName() {
        assertThat(CalendarChoice.parse("day-of-week,hour_of_day"))
                .containsExactly(CalendarFeature.DAY_OF_WEEK, CalendarFeature.HOUR_OF_DAY);
        assertThat(CalendarChoice.parse("none")).isEmpty();
        assertThatThrownBy(() -> CalendarChoice.parse("hour-of-day,"))
                .isInstanceOf(TrainingException.class)
                .hasMessage(
                        "\"\" is no cycle of the calendar; expected some of hour-of-day,"
                                + " day-of-week, day-of-year, or none");
    }

    @Test
    void theLearningRateRisesToItsPeakAndFallsToATenthOfIt() {
        TrainingSettings settings =
                TrainingSettings.builder()
                        .steps(110)
                        .batch(4)
                        .learningRate(1e-3)
                        .warmUpSteps(10)
                        .seed(1)
                        .validation(ValidationSettings.DEFAULT)
                        .snapshotEvery(100)
                        .build();

        assertThat(settings.learningRateAt(1)).isEqualTo(1e-4);
        assertThat(settings.learningRateAt(10)).isEqualTo(1e-3);
        assertThat(settings.learningRateAt(60)).isEqualTo(5.5e-4);
        assertThat(settings.learningRateAt(110)).isEqualTo(1e-4);
    }

    private static ContextChoice suited(int ticks) {
        return ContextChoice.suited(
                new History("here", List.of(Histories.of("a", ticks, tick -> tick))));
    }
}
