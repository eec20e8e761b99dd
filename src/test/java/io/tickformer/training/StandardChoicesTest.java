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
        assertThat(suggested(8640)).isEqualTo(new StreamingContextSize(16, 12, 3));
        assertThat(suggested(4 * 544)).isEqualTo(new StreamingContextSize(16, 12, 3));
        assertThat(suggested(4 * 544 - 1)).isEqualTo(new StreamingContextSize(8, 8, 2));
        assertThat(suggested(200)).isEqualTo(new StreamingContextSize(4, 6, 2));
    }

    @Test
    void cyclesOfTheCalendarAreThoseTheHistorySpansOftenEnough() {
        assertThat(CalendarFeatureChoice.suggested(Histories.HOUR, 8640, null))
                .containsExactly(CalendarFeature.HOUR_OF_DAY);
        assertThat(CalendarFeatureChoice.suggested(Histories.HOUR, 8640, new SeasonalPath(24, 7)))
                .doesNotContain(CalendarFeature.HOUR_OF_DAY);
        assertThat(CalendarFeatureChoice.suggested(12 * Histories.HOUR, 720, null)).isEmpty();
        assertThat(CalendarFeatureChoice.suggested(Histories.HOUR, 720, null)).isEmpty();
    }

    @Test
    void theCalendarCanBeGivenByName() {
        assertThat(CalendarFeatureChoice.parse("day-of-week,hour_of_day"))
                .containsExactly(CalendarFeature.DAY_OF_WEEK, CalendarFeature.HOUR_OF_DAY);
        assertThat(CalendarFeatureChoice.parse("none")).isEmpty();
        assertThatThrownBy(() -> CalendarFeatureChoice.parse("hour-of-day,"))
                .isInstanceOf(TrainingException.class)
                .hasMessage(
                        "\"\" is not a calendar cycle; expected some of hour-of-day,"
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

    private static StreamingContextSize suggested(int ticks) {
        return StreamingContextSize.suggested(
                new History("here", List.of(Histories.of("a", ticks, tick -> tick))));
    }
}
