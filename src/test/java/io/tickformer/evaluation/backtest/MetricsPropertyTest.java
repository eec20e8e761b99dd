package io.tickformer.evaluation.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickDefinition;
import io.tickformer.history.History;
import io.tickformer.history.SeriesHistory;
import io.tickformer.history.SplitBorders;
import io.tickformer.spec.SeasonalNaive;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;

class MetricsPropertyTest {
    private static final SplitBorders BORDERS = new SplitBorders(0, 80, 90, 120);
    private static final List<Double> LEVELS = List.of(0.05, 0.25, 0.5, 0.75, 0.95);

    @Property(tries = 100)
    void anotherUnitChangesNoScaledMetric(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0.01, max = 1e4) double unit,
            @ForAll @IntRange(min = -1000, max = 1000) int zero) {
        Metrics metrics = metrics(values(seed, 1, 0));
        Metrics other = metrics(values(seed, unit, zero));

        // Forecasts are floats: their precision is that of the values' magnitude.
        double lost = 1e-5 * (1 + Math.abs(zero) / unit);
        Offset<Double> close = within(lost);
        assertThat(other.mse()).isEqualTo(metrics.mse(), close);
        assertThat(other.mae()).isEqualTo(metrics.mae(), close);
        assertThat(other.mase()).isEqualTo(metrics.mase(), close);
        assertThat(other.rmsse()).isEqualTo(metrics.rmsse(), close);
        assertThat(other.scaledCrps()).isEqualTo(metrics.scaledCrps(), close);
        assertThat(other.crps() / unit).isEqualTo(metrics.crps(), close);
    }

    @Property(tries = 100)
    void intervalsNestAndSquaresDominate(@ForAll long seed) {
        Metrics metrics = metrics(values(seed, 1, 0));

        Metrics.Interval narrow = metrics.intervals().get(0);
        Metrics.Interval wide = metrics.intervals().get(1);
        assertThat(narrow.level()).isEqualTo(0.5);
        assertThat(wide.level()).isEqualTo(0.9);
        assertThat(narrow.coverage()).isBetween(0.0, wide.coverage());
        assertThat(narrow.width()).isBetween(0.0, wide.width());
        assertThat(metrics.shareBelow()).isSorted();
        assertThat(metrics.rmsse()).isPositive();
        assertThat(metrics.mae() * metrics.mae()).isLessThanOrEqualTo(metrics.mse() + 1e-12);
    }

    private static Metrics metrics(double[] values) {
        long[] times = new long[values.length];
        Arrays.setAll(times, i -> i);
        History history = new History("made", List.of(new SeriesHistory("a", times, values)));
        BacktestPlan plan =
                new BacktestPlan(
                        history,
                        TickDefinition.of(1, TickAggregate.MEAN),
                        BORDERS,
                        Cutoffs.every(BORDERS, EvaluatedSet.TEST, 3),
                        1);
        SeasonalNaiveForecaster naive =
                new SeasonalNaiveForecaster("naive", new SeasonalNaive(1), BORDERS, 1, LEVELS);
        return Backtest.run(plan, List.of(naive), WindowListener.NONE)
                .forecasters()
                .get(0)
                .overall();
    }

    private static double[] values(long seed, double unit, double zero) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[120];
        for (int i = 0; i < values.length; i++) {
            double value = random.nextDouble();
            values[i] = i > 0 && random.nextInt(10) == 0 ? Double.NaN : zero + unit * value;
        }
        return values;
    }
}
