package io.tickformer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.spec.SeasonalNaive;
import org.junit.jupiter.api.Test;

class TopicForecastScorerTest {
    private static final double EXACT = 1e-9;

    private final TopicForecastScorer scorer = new TopicForecastScorer(new SeasonalNaive(2));

    @Test
    void eachStepIsScoredWithItsOwnTarget() {
        actuals("a", 10, 1, 2, 3, 5);
        // Issued at tick 11 for ticks 12 and 13; a season ago stood 1 and 2.
        scorer.forecast(forecast("a", 11, 3.5, 4));

        assertThat(scorer.total().targets()).isEqualTo(2);
        assertThat(scorer.total().meanAbsoluteError()).isCloseTo((0.5 + 1) / 2, within(EXACT));
        assertThat(scorer.total().seasonalNaiveError()).isCloseTo((2.0 + 3) / 2, within(EXACT));
    }

    @Test
    void theOrderOfForecastsAndActualsDoesNotMatter() {
        TopicForecastScorer later = new TopicForecastScorer(new SeasonalNaive(2));
        double[] values = {4, 1, 3, 2, 6, 5, 9};
        for (int i = 0; i < values.length; i++) {
            later.actual("a", i, values[i]);
        }
        for (int i = 0; i < values.length; i++) {
            scorer.forecast(forecast("a", i, i, 2 * i, 1));
            scorer.actual("a", i, values[i]);
            later.forecast(forecast("a", i, i, 2 * i, 1));
        }

        assertThat(scorer.total()).isEqualTo(later.total());
        // At tick 0 only the second step has a season behind it; at ticks 4 and 5 not all are due.
        assertThat(scorer.total().targets()).isEqualTo(1 + 3 + 3 + 3 + 2 + 1);
    }

    @Test
    void aTargetThatWasNotObservedCountsForNeither() {
        actuals("a", 0, 1, 2);
        scorer.forecast(forecast("a", 1, 10, 10));
        scorer.actual("a", 3, 4); // tick 2 never came

        assertThat(scorer.total().targets()).isEqualTo(1);
        assertThat(scorer.total().meanAbsoluteError()).isCloseTo(6, within(EXACT));
        assertThat(scorer.total().seasonalNaiveError()).isCloseTo(2, within(EXACT));
    }

    @Test
    void aTargetWithoutASeasonBehindItCountsForNeither() {
        actuals("a", 5, 1, 2);
        scorer.forecast(forecast("a", 5, 9));

        assertThat(scorer.total().targets()).isZero();
        assertThat(scorer.total().meanAbsoluteError()).isNaN();
    }

    @Test
    void aRepeatedForecastCountsOnce() {
        actuals("a", 0, 1, 2, 3);
        scorer.forecast(forecast("a", 1, 4));
        scorer.forecast(forecast("a", 1, 4));

        assertThat(scorer.total().targets()).isEqualTo(1);
    }

    @Test
    void aSecondValueOfATickChangesNothing() {
        actuals("a", 0, 1, 2, 3);
        scorer.actual("a", 2, 100);
        scorer.forecast(forecast("a", 1, 4));

        assertThat(scorer.total().meanAbsoluteError()).isCloseTo(1, within(EXACT));
    }

    @Test
    void seriesAreScoredApartAndTogether() {
        actuals("small", 0, 1, 2, 3);
        actuals("large", 0, 100, 200, 300);
        scorer.forecast(forecast("small", 1, 2)); // error 1, naive 2
        scorer.forecast(forecast("large", 1, 350)); // error 50, naive 200

        assertThat(scorer.of("small")).isEqualTo(new Score(1, 1, 2));
        assertThat(scorer.of("large").relativeError()).isCloseTo(0.25, within(EXACT));
        assertThat(scorer.total().meanAbsoluteError()).isCloseTo(25.5, within(EXACT));
        assertThat(scorer.total().seasonalNaiveError()).isCloseTo(101, within(EXACT));
        assertThat(scorer.meanRelativeError()).isCloseTo((0.5 + 0.25) / 2, within(EXACT));
        assertThat(scorer.of("unknown").targets()).isZero();
    }

    @Test
    void forecastsFarAheadLookBackToTheLatestKnownSeason() {
        SeasonalNaive naive = new SeasonalNaive(24);

        assertThat(naive.sourceOf(100, 101)).isEqualTo(77);
        assertThat(naive.sourceOf(100, 124)).isEqualTo(100);
        assertThat(naive.sourceOf(100, 125)).isEqualTo(77);
        assertThat(naive.sourceOf(100, 196)).isEqualTo(100);
    }

    @Test
    void aSeasonIsADayOfTicks() {
        assertThat(SeasonalNaive.daily(3_600_000).period()).isEqualTo(24);
        assertThat(SeasonalNaive.daily(900_000).period()).isEqualTo(96);
        assertThat(SeasonalNaive.daily(86_400_000).period()).isEqualTo(1);
        assertThat(SeasonalNaive.daily(7_000_000).period()).isEqualTo(1);
        assertThatThrownBy(() -> new SeasonalNaive(0))
                .hasMessage("the season is 0 ticks; expected at least 1");
    }

    @Test
    void withoutTheLevelOfTheMedianItsNeighboursAreJoined() {
        double[] quantiles = {1, 5};

        assertThat(Medians.of(of(new double[] {0.25, 0.75}, quantiles), 0)).isEqualTo(3);
        assertThat(Medians.of(of(new double[] {0.1, 0.2}, quantiles), 0)).isEqualTo(5);
        assertThat(Medians.of(of(new double[] {0.6, 0.9}, quantiles), 0)).isEqualTo(1);
    }

    @Test
    void aSeriesThatGoesOnForYearsTakesNoMoreMemoryThanAShortOne() {
        SeriesScorer one = new SeriesScorer(new SeasonalNaive(24));
        for (int tick = 0; tick < 100_000; tick++) {
            one.actual(tick, tick);
            one.forecast(forecast("a", tick, 1, 2, 3));
            one.actual(0, 7); // told again long after it was forgotten
        }

        assertThat(one.targets()).isEqualTo(3L * 99_976);
        assertThat(one.ticksHeld()).isLessThan(256);
    }

    @Test
    void ticksMayComeInAnyOrder() {
        ActualValues values = new ActualValues();
        values.put(1_000, 1);
        values.put(10, 2);
        values.put(3_000, 3);

        assertThat(values.at(1_000)).isEqualTo(1);
        assertThat(values.at(10)).isEqualTo(2);
        assertThat(values.at(3_000)).isEqualTo(3);
        assertThat(values.at(11)).isNaN();
        assertThat(values.at(-5)).isNaN();
    }

    private void actuals(String key, long firstTick, double... values) {
        for (int i = 0; i < values.length; i++) {
            scorer.actual(key, firstTick + i, values[i]);
        }
    }

    private static Forecast forecast(String key, long tick, double... medians) {
        return new Forecast(
                key,
                tick,
                tick * 1000,
                1000,
                new double[] {0.5},
                medians,
                medians,
                "model",
                "1",
                1,
                ForecastQuality.OK);
    }

    private static Forecast of(double[] levels, double[] quantiles) {
        return new Forecast(
                "a",
                0,
                0,
                1000,
                levels,
                quantiles,
                new double[1],
                "model",
                "1",
                1,
                ForecastQuality.OK);
    }
}
