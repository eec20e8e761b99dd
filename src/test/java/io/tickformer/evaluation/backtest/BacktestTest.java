package io.tickformer.evaluation.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickDefinition;
import io.tickformer.history.History;
import io.tickformer.history.SeriesHistory;
import io.tickformer.history.SplitBorders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * The metrics of cases small enough to compute by hand.
 *
 * <p>Ticks 0 to 5 train: 0, 4, 0, 4, 0, 4, so the standard deviation is 2 and neighbours differ by
 * 4. Ticks 6 to 9 test: 3, 1, missing, 5. Three windows of two steps have the targets 3, 1 | 1, - |
 * -, 5.
 */
class BacktestTest {
    private static final double GONE = Double.NaN;
    private static final Offset<Double> EXACTLY = within(1e-9);
    private static final SplitBorders BORDERS = new SplitBorders(0, 6, 6, 10);
    private static final double[] VALUES = {0, 4, 0, 4, 0, 4, 3, 1, GONE, 5};
    private static final double[] LEVELS = {0.1, 0.5, 0.9};

    private static final ConstantForecaster MEDIAN =
            new ConstantForecaster(
                    "median", PointForecast.MEDIAN, LEVELS, new double[] {0, 2, 4}, 1);

    @Test
    void pointErrorsAreMeansOverTheTargetsInUnitsOfTheTrainingPart() {
        Metrics metrics = run(MEDIAN, VALUES).forecasters().get(0).overall();

        assertThat(metrics.targets()).isEqualTo(4);
        // Errors 1, -1, -1, 3: squares 12 / 4 over a variance of 4; magnitudes 6 / 4 over 2.
        assertThat(metrics.mse()).isEqualTo(0.75, EXACTLY);
        assertThat(metrics.mae()).isEqualTo(0.75, EXACTLY);
        // 1.5 over 4, and the root of 3 over 16.
        assertThat(metrics.mase()).isEqualTo(0.375, EXACTLY);
        assertThat(metrics.rmsse()).isEqualTo(Math.sqrt(3.0 / 16), EXACTLY);
    }

    @Test
    void theMeanIsScoredWhereItIsAskedFor() {
        ConstantForecaster mean =
                new ConstantForecaster("mean", PointForecast.MEAN, LEVELS, MEDIAN.quantiles(), 1);

        // Errors 2, 0, 0, 4.
        Metrics metrics = run(mean, VALUES).forecasters().get(0).overall();
        assertThat(metrics.mse()).isEqualTo(1.25, EXACTLY);
        assertThat(metrics.mae()).isEqualTo(0.75, EXACTLY);
    }

    @Test
    void quantilesAreScoredByPinballLossCrpsAndCoverage() {
        Metrics metrics = run(MEDIAN, VALUES).forecasters().get(0).overall();

        // Pinball sums by level: 0.1 (3+1+1+5) = 1; 0.5 * 6 = 3; 0.1 (1+3+3) + 0.9 = 1.6.
        assertThat(metrics.wql()).isEqualTo(2 * 5.6 / 3 / 10, EXACTLY);
        // The levels stand for 0.3, 0.4 and 0.3 of (0, 1).
        double crps = 2 * (0.3 * 1 + 0.4 * 3 + 0.3 * 1.6) / 4;
        assertThat(metrics.crps()).isEqualTo(crps, EXACTLY);
        assertThat(metrics.scaledCrps()).isEqualTo(crps / 4, EXACTLY);
        // The interval score is 2 / 0.2 times the pinball sums of both ends over 4 targets.
        assertThat(metrics.intervals())
                .containsExactly(new Metrics.Interval(0.8, 0.75, 4, 10 * (1 + 1.6) / 4));
        assertThat(metrics.shareBelow()).containsExactly(0.0, 0.5, 0.75);
    }

    @Test
    void eachStepHasItsOwnErrors() {
        List<Metrics> steps = run(MEDIAN, VALUES).forecasters().get(0).bySteps();

        // Step 1: errors 1, -1. Step 2: -1, 3.
        assertThat(steps).extracting(Metrics::targets).containsExactly(2L, 2L);
        assertThat(steps.get(0).mse()).isEqualTo(0.25, EXACTLY);
        assertThat(steps.get(1).mse()).isEqualTo(1.25, EXACTLY);
        assertThat(steps.get(1).mase()).isEqualTo(0.5, EXACTLY);
        assertThat(steps.get(1).intervals().get(0).coverage()).isEqualTo(0.5, EXACTLY);
    }

    @Test
    void missingTargetsAreLeftOutAndCounted() {
        BacktestResult result = run(MEDIAN, VALUES);

        assertThat(result.windows()).isEqualTo(3);
        assertThat(result.missingTargets()).isEqualTo(2);
        assertThat(result.forecasters().get(0).unanswered()).isZero();
    }

    @Test
    void aSeriesWithoutTrainingPartHasNoScaledErrorsAndKeepsThoseInItsUnits() {
        double[] late = {GONE, GONE, GONE, GONE, GONE, GONE, GONE, 1, 1, 1};

        BacktestResult result = run(MEDIAN, VALUES, late);

        ForecasterResult both = result.forecasters().get(0);
        ForecasterResult alone = run(MEDIAN, VALUES).forecasters().get(0);
        assertThat(result.unscaledSeries()).isEqualTo(1);
        assertThat(both.unanswered()).isEqualTo(2);
        assertThat(both.overall().mse()).isEqualTo(alone.overall().mse());
        assertThat(both.overall().mase()).isEqualTo(alone.overall().mase());
        assertThat(both.overall().targets()).isEqualTo(6);
        assertThat(both.bySeries().get(1).mse()).isNaN();
    }

    @Test
    void scaledErrorsAreMeansOverSeriesHoweverLargeTheirValues() {
        double[] large = {0, 4000, 0, 4000, 0, 4000, 3000, GONE, GONE, GONE};

        Metrics metrics = run(MEDIAN, VALUES, large).forecasters().get(0).overall();

        // The second series: one error of 2998 over 4000, and over a deviation of 2000.
        assertThat(metrics.mase()).isEqualTo((0.375 + 0.7495) / 2, EXACTLY);
        assertThat(metrics.mae()).isEqualTo((4 * 0.75 + 1.499) / 5, EXACTLY);
    }

    @Test
    void aPointForecastHasItsAbsoluteErrorForCrpsAndNoQuantileMetrics() {
        ConstantForecaster point =
                new ConstantForecaster(
                        "point", PointForecast.MEDIAN, new double[0], new double[0], 2);

        Metrics metrics = run(point, VALUES).forecasters().get(0).overall();

        assertThat(metrics.crps()).isEqualTo(1.5, EXACTLY);
        assertThat(metrics.wql()).isNaN();
        assertThat(metrics.intervals()).isEmpty();
    }

    @Test
    void aConstantSeriesKeepsItsUnitAndHasNoScaleForMase() {
        double[] constant = {7, 7, 7, 7, 7, 7, 7, 7, 7, 7};

        Metrics metrics = run(MEDIAN, constant).forecasters().get(0).overall();

        assertThat(metrics.mse()).isEqualTo(25, EXACTLY);
        assertThat(metrics.mase()).isNaN();
        assertThat(metrics.scaledCrps()).isNaN();
    }

    private static BacktestResult run(Forecaster forecaster, double[]... values) {
        List<SeriesHistory> series = new ArrayList<>();
        for (double[] one : values) {
            long[] times = new long[one.length];
            Arrays.setAll(times, i -> i);
            series.add(new SeriesHistory("s" + series.size(), times, one));
        }
        BacktestPlan plan =
                new BacktestPlan(
                        new History("by hand", series),
                        TickDefinition.of(1, TickAggregate.MEAN),
                        BORDERS,
                        Cutoffs.every(BORDERS, EvaluatedSet.TEST, 2),
                        1);
        return Backtest.run(plan, List.of(forecaster), WindowListener.NONE);
    }
}
