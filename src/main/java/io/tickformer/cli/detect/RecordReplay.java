package io.tickformer.cli.detect;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.feedback.SeriesFeedback;
import io.tickformer.feedback.TickOutcome;
import io.tickformer.feedback.anomaly.AnomalyScore;
import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.issued.SimpleForecasts;
import io.tickformer.history.TickSeries;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.MicroBatch;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SeasonalNaive;
import java.util.ArrayList;
import java.util.List;

/**
 * Replays series through context, model and feedback in the order of the job: a tick is observed,
 * then the forecast issued at it. Ticks without a value get no forecast. One thread.
 */
final class SeriesReplay implements AutoCloseable {
    /** Contexts in a call of the model. */
    private static final int MICRO_BATCH = 64;

    /** A tick that waits for the model. */
    private record Waiting(long tick, double value, SimpleForecasts simple) {}

    private final ForecastSpec spec;
    private final FeedbackSettings settings;
    private final FeedbackShape shape;
    private final SeasonalNaive naive;
    private final MicroBatch batch;
    private final List<Waiting> waiting = new ArrayList<>();

    /**
     * @param model of single series; closed by its owner
     */
    SeriesReplay(ForecastModel model, FeedbackSettings settings) {
        this.spec = model.spec();
        this.settings = settings;
        this.naive = SeasonalNaive.of(spec);
        this.shape =
                new FeedbackShape(
                        spec.horizon(),
                        spec.quantileLevels().stream().mapToDouble(Double::doubleValue).toArray(),
                        naive.period(),
                        spec.tickMillis());
        this.batch = model.newMicroBatch(MICRO_BATCH, ForecastSelection.ALL);
    }

    /** The scores of the ticks that have a value, in order. */
    List<AnomalyScore> scores(TickSeries series) {
        SeriesContext context = SeriesContext.of(spec);
        SeriesFeedback feedback = SeriesFeedback.of(settings, shape);
        List<AnomalyScore> scores = new ArrayList<>();
        double[] values = series.values();
        boolean[] readings = series.readings(series.firstTick(), series.endTick());
        for (int i = 0; i < values.length; i++) {
            long tick = series.firstTick() + i;
            if (readings[i]) {
                context.update(tick, values[i]);
            } else if (context.emptyTick().hasValue()) {
                context.advanceTo(tick);
            } else {
                continue;
            }
            if (context.isEmpty()) {
                continue;
            }
            batch.add(context);
            waiting.add(waiting(context));
            if (batch.isFull()) {
                flush(series.series(), feedback, scores);
            }
        }
        flush(series.series(), feedback, scores);
        return scores;
    }

    private Waiting waiting(SeriesContext context) {
        long tick = context.headTick();
        double[] seasonal = new double[shape.horizon()];
        context.copySeasonalNaive(0, naive, seasonal);
        return new Waiting(
                tick,
                context.valueAt(tick),
                new SimpleForecasts(context.lastObserved(0), seasonal));
    }

    private void flush(String series, SeriesFeedback feedback, List<AnomalyScore> scores) {
        batch.run();
        for (int row = 0; row < waiting.size(); row++) {
            Waiting tick = waiting.get(row);
            AnomalyScore score = observe(feedback, tick).anomaly();
            if (score != null) {
                scores.add(score);
            }
            List<Forecast> raw = new ArrayList<>(1);
            batch.forecasts(row, series, raw::add);
            for (Forecast forecast : raw) {
                feedback.issue(forecast, tick.simple());
            }
        }
        batch.clear();
        waiting.clear();
    }

    /** Observes a tick, and before it the missing ticks since the last one, as the job does. */
    private TickOutcome observe(SeriesFeedback feedback, Waiting tick) {
        long newest = feedback.newestTick();
        if (newest < tick.tick() && newest >= tick.tick() - shape.horizon()) {
            for (long missing = newest + 1; missing < tick.tick(); missing++) {
                feedback.observe(missing, Double.NaN);
            }
        }
        return feedback.observe(tick.tick(), tick.value());
    }

    @Override
    public void close() {
        batch.close();
    }
}
