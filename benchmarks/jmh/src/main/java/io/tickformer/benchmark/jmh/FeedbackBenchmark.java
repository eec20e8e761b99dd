package io.tickformer.benchmark.jmh;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.feedback.FeedbackPlan;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.feedback.SeriesFeedback;
import io.tickformer.feedback.anomaly.AnomalySettings;
import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.issued.SimpleForecasts;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A tick of each of 100 series, compared to its forecasts, and the next forecast issued. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class FeedbackBenchmark {
    private static final int SERIES = 100;
    private static final int VARIETY = 256;
    private static final double[] LEVELS = {0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975};
    private static final long TICK_MILLIS = 3_600_000;

    /** What acts on the forecasts; scores are always kept. */
    public enum Parts {
        SCORES(new FeedbackSettings(false, false, null)),
        CALIBRATION(new FeedbackSettings(true, false, null)),
        MIXTURE(new FeedbackSettings(false, true, null)),
        ANOMALIES(new FeedbackSettings(false, false, AnomalySettings.DEFAULT)),
        ALL(new FeedbackSettings(true, true, AnomalySettings.DEFAULT));

        private final FeedbackSettings settings;

        Parts(FeedbackSettings settings) {
            this.settings = settings;
        }
    }

    @Param({"SCORES", "CALIBRATION", "MIXTURE", "ANOMALIES", "ALL"})
    private Parts parts;

    @Param({"48", "96"})
    private int horizon;

    private final SeriesFeedback[] feedback = new SeriesFeedback[SERIES];
    private final double[][] quantiles = new double[VARIETY][];
    private final double[][] means = new double[VARIETY][];
    private final double[] values = new double[VARIETY];
    private long tick;
    private int next;

    @Setup
    public void setUp() {
        FeedbackShape shape = new FeedbackShape(horizon, LEVELS, 24, TICK_MILLIS);
        FeedbackPlan plan = FeedbackPlan.of(parts.settings, shape);
        Arrays.setAll(feedback, i -> SeriesFeedback.of(plan));
        Random random = new Random(1);
        for (int i = 0; i < VARIETY; i++) {
            double centre = random.nextGaussian();
            double[] forecast = new double[horizon * LEVELS.length];
            for (int j = 0; j < forecast.length; j++) {
                forecast[j] = centre + (j % LEVELS.length - 3) * (1 + 0.01 * (j / LEVELS.length));
            }
            quantiles[i] = forecast;
            means[i] = random.doubles(horizon).toArray();
            values[i] = 2 * random.nextGaussian();
        }
    }

    @Benchmark
    public Forecast observeAndIssue() {
        if (next == SERIES) {
            next = 0;
            tick++;
        }
        int which = (int) ((next * 31 + tick * 7) % VARIETY);
        SeriesFeedback of = feedback[next++];
        of.observe(tick, values[which]);
        Forecast raw =
                new Forecast(
                        "series",
                        tick,
                        tick * TICK_MILLIS,
                        TICK_MILLIS,
                        LEVELS,
                        quantiles[which],
                        means[which],
                        "model",
                        "1",
                        100,
                        ForecastQuality.OK);
        return of.issue(raw, new SimpleForecasts(values[which], means[which]));
    }
}
