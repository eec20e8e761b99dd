package io.tickformer.benchmark.trust;

import io.tickformer.evaluation.backtest.ActualEntity;
import io.tickformer.evaluation.backtest.ActualSeries;
import io.tickformer.evaluation.replay.RecordReplay;
import io.tickformer.evaluation.replay.ReplayListener;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.feedback.anomaly.AnomalySettings;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.runtime.ExecutionProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Draws the plots of docs/trust.md: made-up hourly series through a model and the feedback of the
 * job.
 *
 * <p>Arguments: the model file, and the folder for the pictures.
 */
public final class TrustPlots {
    private static final FeedbackSettings ALL_PARTS =
            new FeedbackSettings(true, true, AnomalySettings.DEFAULT);

    private static final int SERIES = 40;
    private static final int FIRST_SHOWN = 1_000;

    private final ForecastModel model;
    private final Path pictures;

    private TrustPlots(ForecastModel model, Path pictures) {
        this.model = model;
        this.pictures = pictures;
    }

    public static void main(String[] arguments) throws IOException {
        Path pictures = Files.createDirectories(Path.of(arguments[1]));
        byte[] onnx = Files.readAllBytes(Path.of(arguments[0]));
        try (ForecastModel model = ForecastModel.open(onnx, ExecutionProvider.CPU)) {
            TrustPlots plots = new TrustPlots(model, pictures);
            plots.intervals();
            plots.mixture();
            plots.anomalies();
        }
    }

    private void intervals() throws IOException {
        int change = 3_000;
        CoverageTrace trace = new CoverageTrace(5_000);
        for (int seed = 0; seed < SERIES; seed++) {
            double[] values = MadeUpSeries.moreErratic(seed, trace.ticks(), change);
            trace.begin(values);
            replay(values, trace);
        }
        LinePlot plot =
                new LinePlot(
                        "Share of values within the intervals; the variance of the noise doubles at"
                                + " tick 3,000",
                        "%, last 100 ticks",
                        FIRST_SHOWN);
        plot.add("95 %, as published", trace.published(0.95, 100));
        plot.add("95 %, as the model says", trace.raw(0.95, 100));
        plot.add("80 %, as published", trace.published(0.8, 100));
        plot.add("80 %, as the model says", trace.raw(0.8, 100));
        plot.addLevel(95);
        plot.addLevel(80);
        plot.write(pictures.resolve("intervals.png"));
    }

    private void mixture() throws IOException {
        ErrorTrace trace = new ErrorTrace(5_000);
        for (int seed = 0; seed < SERIES; seed++) {
            double[] values = MadeUpSeries.walkBetween(seed, trace.ticks(), 2_000, 3_500);
            trace.begin(values);
            replay(values, trace);
        }
        LinePlot plot =
                new LinePlot(
                        "Mean absolute error; from tick 2,000 to 3,500 the daily cycle gives way to"
                                + " a random walk",
                        "error, last 100 ticks",
                        FIRST_SHOWN);
        plot.add("published", trace.published(100));
        plot.add("model", trace.model(100));
        plot.add("last value", trace.naive(100));
        plot.add("value a day before", trace.seasonalNaive(100));
        plot.write(pictures.resolve("mixture.png"));
    }

    private void anomalies() throws IOException {
        double[] values = MadeUpSeries.withEvents(7, 4_000);
        AnomalyTrace trace = new AnomalyTrace(values.length);
        replay(values, trace);
        int from = 2_700;
        LinePlot series =
                new LinePlot(
                        "A series with a spike, ten hours of a level that is too high, and a day"
                                + " without its cycle",
                        "value",
                        from);
        series.add("value", values);
        series.write(pictures.resolve("anomalies-values.png"));
        LinePlot scores = new LinePlot("Its anomaly score, and the threshold", "score", from);
        scores.add("score", trace.scores());
        scores.add("threshold", trace.thresholds());
        scores.write(pictures.resolve("anomalies-scores.png"));
    }

    private void replay(double[] values, ReplayListener listener) {
        try (RecordReplay replay = new RecordReplay(model, ALL_PARTS)) {
            replay.run(
                    new ActualEntity("made-up", List.of(new ActualSeries("made-up", 0, values))),
                    listener);
        }
    }
}
