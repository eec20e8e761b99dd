package io.tickformer.evaluation.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.event.Forecast;
import io.tickformer.event.Tick;
import io.tickformer.history.SplitBorders;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.OfflineForecasts;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.spec.SeasonalNaive;
import io.tickformer.testing.ForecastCheck;
import io.tickformer.testing.TestModels;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ForecastersTest {
    private static final double GONE = Double.NaN;

    @Test
    void aModelForecastsAsTheJobDoes() {
        ActualSeries series = new ActualSeries("a", 5, noise(100));
        byte[] file = TestModels.transformer(TestModels.STREAMING, 1);
        try (ForecastModel model = ForecastModel.open(file, ExecutionProvider.CPU);
                OfflineForecasts job = new OfflineForecasts(model, 7, ForecastSelection.ALL);
                ModelForecaster forecaster =
                        new ModelForecaster("m", model, PointForecast.MEDIAN, 4)) {
            List<Forecast> expected =
                    job.replay(ticks(series)).stream().filter(f -> f.tickIndex() >= 20).toList();
            List<Forecast> actual = new ArrayList<>();
            forecaster.forecast(series, new Cutoffs(20, 104, 85, 4), actual::add);

            // The job forecasts observed ticks; the backtest all, the silent ones among them too.
            assertThat(actual).hasSize(85).hasSizeGreaterThan(expected.size());
            actual.removeIf(forecast -> Double.isNaN(series.valueAt(forecast.tickIndex())));
            ForecastCheck.assertSame(actual, expected);
        }
    }

    @Test
    void aShorterHorizonIsAPrefix() {
        ActualSeries series = new ActualSeries("a", 0, noise(40));
        byte[] file = TestModels.transformer(TestModels.STREAMING, 1);
        try (ForecastModel model = ForecastModel.open(file, ExecutionProvider.CPU);
                ModelForecaster all = new ModelForecaster("m", model, PointForecast.MEAN, 4);
                ModelForecaster two = new ModelForecaster("m", model, PointForecast.MEAN, 2)) {
            all.forecast(
                    series,
                    new Cutoffs(30, 30, 1, 4),
                    whole ->
                            two.forecast(
                                    series,
                                    new Cutoffs(30, 30, 1, 2),
                                    prefix ->
                                            assertThat(prefix.mean())
                                                    .containsExactly(
                                                            whole.mean()[0], whole.mean()[1])));
        }
    }

    @Test
    void seasonalNaiveRepeatsTheLastSeasonThatWasKnown() {
        double[] values = {1, 2, 3, 4, 5, 6, 7, 8};

        assertThat(naive(3, values, 5, 5)).containsExactly(4, 5, 6, 4, 5);
        assertThat(naive(1, values, 5, 3)).containsExactly(6, 6, 6);
    }

    @Test
    void seasonalNaiveLooksFurtherBackWhereATickIsMissing() {
        double[] values = {1, 2, 3, GONE, 5, GONE, 7, 8};

        // A season back is tick 3, missing, so tick 0; tick 4; tick 5, missing, so tick 2.
        assertThat(naive(3, values, 5, 3)).containsExactly(1, 5, 3);
        // Of tick 3 there is nothing a season of 10 back: the last value.
        assertThat(naive(10, values, 5, 1)).containsExactly(5);
    }

    @Test
    void theQuantilesOfABaselineAreThoseOfItsErrorsInTheTrainingPart() {
        // Each tick adds one, so the last value is always k too low k steps ahead.
        double[] values = new double[60];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        SeasonalNaiveForecaster naive =
                naive(new SeasonalNaive(1), new SplitBorders(0, 40, 40, 60));
        naive.forecast(
                new ActualSeries("a", 0, values),
                new Cutoffs(50, 50, 1, 2),
                forecast -> {
                    assertThat(forecast.mean()).containsExactly(50, 50);
                    assertThat(forecast.quantiles()).containsExactly(51, 51, 51, 52, 52, 52);
                });
    }

    @Test
    void tooFewErrorsSayNothingOfTheQuantiles() {
        SeasonalNaiveForecaster naive =
                naive(new SeasonalNaive(1), new SplitBorders(0, 10, 10, 60));
        naive.forecast(
                new ActualSeries("a", 0, noise(60)),
                new Cutoffs(50, 50, 1, 1),
                forecast -> assertThat(forecast.quantiles()).containsOnly(Float.NaN));
    }

    @Test
    void ranksBetweenTwoErrorsAreInterpolated() {
        double[] sorted = {0, 10, 20, 30};

        assertThat(SeasonalNaiveForecaster.quantile(sorted, 4, 0.5)).isEqualTo(15, within(1e-12));
        assertThat(SeasonalNaiveForecaster.quantile(sorted, 4, 0.1)).isEqualTo(3, within(1e-12));
        assertThat(SeasonalNaiveForecaster.quantile(sorted, 1, 0.9)).isZero();
    }

    private static double[] naive(int period, double[] values, long cutoff, int horizon) {
        List<Forecast> forecasts = new ArrayList<>();
        naive(new SeasonalNaive(period), new SplitBorders(0, 6, 6, 8))
                .forecast(
                        new ActualSeries("a", 0, values),
                        new Cutoffs(cutoff, cutoff, 1, horizon),
                        forecasts::add);
        return forecasts.get(0).mean();
    }

    private static SeasonalNaiveForecaster naive(SeasonalNaive naive, SplitBorders borders) {
        return new SeasonalNaiveForecaster("naive", naive, borders, 1, List.of(0.1, 0.5, 0.9));
    }

    private static double[] noise(int length) {
        SplittableRandom random = new SplittableRandom(3);
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = i % 9 == 4 ? GONE : random.nextDouble();
        }
        return values;
    }

    private static List<Tick> ticks(ActualSeries series) {
        List<Tick> ticks = new ArrayList<>();
        for (long tick = series.firstTick(); tick < series.endTick(); tick++) {
            if (!Double.isNaN(series.valueAt(tick))) {
                ticks.add(new Tick(series.series(), tick, series.valueAt(tick)));
            }
        }
        return ticks;
    }
}
