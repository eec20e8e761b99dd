package io.tickformer.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.kafka.issued.FeedbackFieldReader.Found;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Set<SeriesTick> EXPECTED =
            Set.of(new SeriesTick("a", 1), new SeriesTick("a", 2), new SeriesTick("b", 1));
    private static final List<Forecast> RIGHT =
            List.of(forecast("a", 1, 100), forecast("a", 2, 100), forecast("b", 1, 100));

    @Test
    void theSameForecastsInAnotherOrderAreClean() {
        Verdict verdict = verdict(RIGHT.get(2), RIGHT.get(0), RIGHT.get(1));

        assertThat(verdict).isEqualTo(new Verdict(3, 0, 0, 0, 0));
        assertThat(verdict.isClean()).isTrue();
    }

    @Test
    void aForecastThatIsMissingIsLost() {
        Verdict verdict = verdict(RIGHT.get(0), RIGHT.get(2));

        assertThat(verdict).hasToString("lost 1, duplicated 0, different 0");
        assertThat(verdict.isClean()).isFalse();
    }

    @Test
    void everyForecastBeyondTheFirstIsDuplicated() {
        Verdict verdict =
                verdict(RIGHT.get(0), RIGHT.get(1), RIGHT.get(2), RIGHT.get(1), RIGHT.get(1));

        assertThat(verdict).hasToString("lost 0, duplicated 2, different 0");
        assertThat(verdict.isClean()).isFalse();
    }

    @Test
    void numbersMayDifferByRoundingAndNoMore() {
        Verdict rounded = verdict(RIGHT.get(0), forecast("a", 2, 100.0005), RIGHT.get(2));
        Verdict off = verdict(RIGHT.get(0), forecast("a", 2, 100.01), RIGHT.get(2));
        Verdict none = verdict(RIGHT.get(0), forecast("a", 2, Float.NaN), RIGHT.get(2));

        assertThat(rounded.isClean()).isTrue();
        assertThat(rounded.largestDifference()).isBetween(4e-6, 6e-6);
        assertThat(off).hasToString("lost 0, duplicated 0, different 1");
        assertThat(off.largestDifference()).isBetween(0.9e-4, 1.1e-4);
        assertThat(none.different()).isEqualTo(1);
        assertThat(none.isClean()).isFalse();
    }

    @Test
    void anythingButNumbersMustBeEqual() {
        Forecast otherQuality = forecast("a", 2, 100, 5, ForecastQuality.WARMING_UP);
        Forecast otherObserved = forecast("a", 2, 100, 4, ForecastQuality.OK);

        assertThat(verdict(RIGHT.get(0), otherQuality, RIGHT.get(2)).different()).isEqualTo(1);
        assertThat(verdict(RIGHT.get(0), otherObserved, RIGHT.get(2)).different()).isEqualTo(1);
    }

    @Test
    void aForecastThatNobodyExpectsIsDifferent() {
        Verdict verdict = verdict(RIGHT.get(0), RIGHT.get(1), RIGHT.get(2), forecast("c", 1, 100));

        assertThat(verdict).hasToString("lost 0, duplicated 0, different 1");
    }

    @Test
    void recordsOfTheFeedbackAreTheSameButForRounding() {
        List<Found> right = List.of(score("a", 1, 0.5), score("a", 2, 0.5), score("b", 1, null));

        assertThat(Verdict.ofFeedback(right, right)).isEqualTo(new Verdict(3, 0, 0, 0, 0));
        assertThat(
                        Verdict.ofFeedback(
                                        right,
                                        List.of(right.get(2), score("a", 2, 0.50001), right.get(0)))
                                .isClean())
                .isTrue();
        assertThat(Verdict.ofFeedback(right, List.of(right.get(0), right.get(0), right.get(1))))
                .hasToString("lost 1, duplicated 1, different 0");
        assertThat(
                        Verdict.ofFeedback(
                                right,
                                List.of(
                                        score("a", 1, 0.52), // another number
                                        score("a", 2, null), // no number
                                        right.get(2),
                                        score("c", 1, 0.5)))) // nobody expects it
                .hasToString("lost 0, duplicated 0, different 3");
    }

    private static Found score(String series, long tick, Double coverage) {
        Map<String, Object> step = new HashMap<>();
        step.put("step", 4);
        step.put("coverage", coverage);
        return new Found(
                series, tick, Map.of("series", series, "tick_index", tick, "steps", List.of(step)));
    }

    private static Verdict verdict(Forecast... disturbed) {
        return Verdict.of(EXPECTED, RIGHT, List.of(disturbed));
    }

    private static Forecast forecast(String series, long tick, double value) {
        return forecast(series, tick, value, 5, ForecastQuality.OK);
    }

    private static Forecast forecast(
            String series, long tick, double value, int observed, ForecastQuality quality) {
        return new Forecast(
                series,
                tick,
                tick * 1000,
                1000,
                new double[] {0.5},
                new double[] {value, -1},
                new double[] {3, 4},
                "model",
                "1",
                observed,
                quality);
    }
}
