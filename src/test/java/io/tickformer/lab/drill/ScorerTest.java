package io.tickformer.lab.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScorerTest {
    private static final DrillGrid GRID = new DrillGrid(1_000, 24, 48, 2, 1, 4);
    private static final double[] ZEROS = new double[20];

    @Test
    void errorAndWidthAreThoseOfTheCleanSeriesTimesTheRatio() {
        CaseScore score =
                judged(SeriesPair.of(trace(0), trace(0), 1), forecasts(1, 0.5), forecasts(3, 2));

        assertThat(score.errorRatio()).isCloseTo(3, within(0.01));
        assertThat(score.widthRatio()).isCloseTo(4, within(0.01));
        assertThat(score.difference()).isCloseTo(2 + 1.5, within(1e-6));
    }

    @Test
    void aSeriesInAnotherUnitCountsInItsOwn() {
        SeriesPair thousandfold = new SeriesPair(trace(0), trace(50), 1_000, 50, 1);

        CaseScore score = judged(thousandfold, forecasts(1, 0.5), forecasts(1_050, 500));

        assertThat(score.errorRatio()).isCloseTo(1, within(1e-6));
        assertThat(score.widthRatio()).isCloseTo(1, within(1e-6));
        assertThat(score.difference()).isCloseTo(0, within(1e-6));
    }

    @Test
    void naiveRepeatsTheLastReadingWhateverItIs() {
        SentSeries spiky = new SentSeries(ZEROS.clone(), ZEROS);
        spiky.sent()[9] = 4;
        spiky.sent()[10] = Double.NaN;
        Scorer scorer = new Scorer(GRID);
        scorer.judge(SeriesPair.of(trace(0), spiky, 1), forecasts(1, 1), forecasts(1, 1), 9, 11);

        assertThat(scorer.score().naiveRatio()).isCloseTo(0.25, within(0.01));
    }

    @Test
    void whatIsExactOnBothSidesIsAsGood() {
        CaseScore score =
                judged(SeriesPair.of(trace(0), trace(0), 1), forecasts(0, 0), forecasts(0, 0));

        assertThat(score.errorRatio()).isEqualTo(1);
        assertThat(score.widthRatio()).isEqualTo(1);
    }

    @Test
    void aBoundNamesWhatIsBroken() {
        CaseScore bad = new CaseScore(1.3, 9, 1.1, 0.5, 9, 10, 2, 1);

        assertThat(Bound.NONE.broken(bad)).isEqualTo("forecasts missing, forecasts twice");
        assertThat(Bound.error(1.2).broken(bad)).startsWith("error > 1.2, ");
        assertThat(Bound.naive(1).broken(bad)).startsWith("error > 1.0 x naive, ");
        assertThat(Bound.difference(0.001).broken(bad)).startsWith("differs by > 0.001, ");
        assertThat(Bound.error(1.2).broken(new CaseScore(1.2, 1, 1, 0, 10, 10, 0, 0))).isEmpty();
        CaseScore none = new CaseScore(Double.NaN, 1, 1, Double.NaN, 0, 0, 0, 0);
        assertThat(Bound.error(1.2).broken(none)).isEqualTo("error > 1.2");
        assertThat(Bound.NONE.broken(none)).isEmpty();
    }

    private static CaseScore judged(
            SeriesPair specimen,
            CollectedForecasts.OfSeries clean,
            CollectedForecasts.OfSeries dirty) {
        Scorer scorer = new Scorer(GRID);
        scorer.count(dirty, List.of(9, 10));
        scorer.judge(specimen, clean, dirty, 9, 13);
        assertThat(scorer.score().expected()).isEqualTo(2);
        assertThat(scorer.score().missing()).isZero();
        return scorer.score();
    }

    private static SentSeries trace(double level) {
        double[] values = new double[20];
        Arrays.fill(values, level);
        return SentSeries.of(values, 18);
    }

    private static CollectedForecasts.OfSeries forecasts(double median, double half) {
        CollectedForecasts forecasts = new CollectedForecasts(2);
        double low = (median - half);
        double high = (median + half);
        double middle = median;
        for (int tick = 5; tick < 15; tick++) {
            forecasts.add(
                    new Forecast(
                            "s",
                            GRID.index(tick),
                            GRID.millis(tick),
                            GRID.tickMillis(),
                            new double[] {0.1, 0.5, 0.9},
                            new double[] {low, middle, high, low, middle, high},
                            new double[] {middle, middle},
                            "model",
                            "1",
                            10,
                            ForecastQuality.OK));
        }
        return forecasts.of("s");
    }
}
