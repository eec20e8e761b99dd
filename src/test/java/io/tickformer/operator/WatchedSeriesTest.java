package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.score.RollingScores;
import io.tickformer.feedback.score.ScoredTarget;
import io.tickformer.spec.Channels;
import io.tickformer.testing.TestModels;
import java.util.List;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.testutils.MetricListener;
import org.junit.jupiter.api.Test;

/** Metrics of the series that the settings name, and of no other. */
final class WatchedSeriesTest {
    private final MetricListener listener = new MetricListener();
    private final WatchedSeries watched =
            new WatchedSeries(
                    listener.getMetricGroup(),
                    List.of("north", "elsewhere"),
                    Channels.of(TestModels.STREAMING));

    private static Forecast forecast(String series, double[] levels, double... quantiles) {
        return new Forecast(
                series,
                7,
                7_000,
                1_000,
                levels,
                quantiles,
                new double[] {0},
                "model",
                "1",
                3,
                ForecastQuality.OK);
    }

    private Gauge<Double> gauge(String series, String name) {
        return listener.<Double>getGauge("series", series, name).orElseThrow();
    }

    private boolean hasGauges(String series) {
        return listener.getGauge("series", series, "median").isPresent();
    }

    @Test
    void theForecastOfTheNextTickIsItsMedianAndThe80PercentInterval() {
        double[] levels = {0.025, 0.1, 0.5, 0.9, 0.975};
        watched.issued(forecast("north", levels, 1, 2, 3, 4, 5));
        watched.issued(forecast("other", levels, 1, 2, 3, 4, 5));

        assertThat(gauge("north", "low").getValue()).isEqualTo(2);
        assertThat(gauge("north", "median").getValue()).isEqualTo(3);
        assertThat(gauge("north", "high").getValue()).isEqualTo(4);
        assertThat(gauge("north", "value").getValue()).isNaN();
        assertThat(hasGauges("other")).isFalse();
        // It is a series of another subtask.
        assertThat(hasGauges("elsewhere")).isFalse();
    }

    @Test
    void theNearestQuantilesStandForThoseThatAreNotEmitted() {
        watched.issued(forecast("north", new double[] {0.25, 0.75}, 2, 4));

        assertThat(gauge("north", "low").getValue()).isEqualTo(2);
        assertThat(gauge("north", "high").getValue()).isEqualTo(4);
    }

    @Test
    void theValueIsThatOfTheNewestTick() {
        SeriesContext context = SeriesContext.of(TestModels.STREAMING);
        context.update(1, new double[] {5});
        watched.appended("north", context);
        assertThat(gauge("north", "value").getValue()).isEqualTo(5);

        context.advanceTo(2);
        watched.appended("north", context);
        assertThat(gauge("north", "value").getValue()).isNaN();
    }

    @Test
    void theErrorIsThatOfOneTickAhead() {
        RollingScores scores =
                new RollingScores(new FeedbackShape(1, new double[] {0.1, 0.5, 0.9}, 24, 60_000));
        scores.add(0, new ScoredTarget(new double[] {2, 2, 2}, 4, 8, 1));
        watched.scored("north", scores);

        assertThat(gauge("north", "errorToNaive").getValue()).isEqualTo(1.0 / 3);
    }
}
