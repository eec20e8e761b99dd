package io.tickformer.evaluation.replay;

import io.tickformer.annotation.Internal;
import io.tickformer.context.SeriesContext;
import io.tickformer.evaluation.backtest.ActualEntity;
import io.tickformer.event.Forecast;
import io.tickformer.feedback.FeedbackPlan;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.feedback.SeriesFeedback;
import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.issued.SimpleForecasts;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.MicroBatch;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SeasonalNaive;
import java.util.ArrayList;
import java.util.List;

/**
 * Replays single series, or records of C channels, through context, model and feedback in the order
 * of the job: a tick is observed, then the forecast issued at it, for each channel apart. Ticks at
 * which no channel has a value get no forecast. One thread.
 */
@Internal
public final class RecordReplay implements AutoCloseable {
    /** Contexts in a call of the model. */
    private static final int MICRO_BATCH = 64;

    /**
     * A tick that waits for the model.
     *
     * @param values C; NaN where a channel is missing
     * @param simple C
     */
    private record Waiting(long tick, double[] values, List<SimpleForecasts> simple) {}

    private final ForecastSpec spec;
    private final FeedbackShape shape;
    private final SeasonalNaive naive;
    private final int channels;
    private final FeedbackPlan plan;
    private final MicroBatch batch;
    private final List<Waiting> waiting = new ArrayList<>();

    /**
     * @param model closed by its owner
     */
    public RecordReplay(ForecastModel model, FeedbackSettings settings) {
        this.spec = model.spec();
        this.naive = SeasonalNaive.of(spec);
        this.channels = spec.channelCount();
        this.shape =
                new FeedbackShape(
                        spec.horizon(),
                        spec.quantileLevels().stream().mapToDouble(Double::doubleValue).toArray(),
                        naive.period(),
                        spec.tickMillis());
        this.plan = FeedbackPlan.of(settings, shape);
        this.batch = model.newMicroBatch(MICRO_BATCH, ForecastSelection.ALL);
    }

    /** Replays a record from its first tick to its last. */
    public void run(ActualEntity record, ReplayListener listener) {
        SeriesContext context = SeriesContext.of(spec);
        List<SeriesFeedback> feedback = new ArrayList<>();
        for (int channel = 0; channel < channels; channel++) {
            feedback.add(SeriesFeedback.of(plan));
        }
        double[] values = new double[channels];
        for (long tick = record.firstTick(); tick < record.endTick(); tick++) {
            if (record.load(tick, values)) {
                context.update(tick, values);
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
                flush(record.key(), feedback, listener);
            }
        }
        flush(record.key(), feedback, listener);
    }

    private Waiting waiting(SeriesContext context) {
        long tick = context.headTick();
        double[] values = new double[channels];
        List<SimpleForecasts> simple = new ArrayList<>(channels);
        for (int channel = 0; channel < channels; channel++) {
            values[channel] = context.valueAt(tick, channel);
            double[] seasonal = new double[shape.horizon()];
            context.copySeasonalNaive(channel, naive, seasonal);
            simple.add(new SimpleForecasts(context.lastObserved(channel), seasonal));
        }
        return new Waiting(tick, values, simple);
    }

    private void flush(String key, List<SeriesFeedback> feedback, ReplayListener listener) {
        batch.run();
        for (int row = 0; row < waiting.size(); row++) {
            Waiting tick = waiting.get(row);
            for (int channel = 0; channel < channels; channel++) {
                SeriesFeedback of = feedback.get(channel);
                of.skipTo(tick.tick());
                listener.observed(channel, of.observe(tick.tick(), tick.values()[channel]));
            }
            batch.byChannel(
                    row,
                    key,
                    (raw, channel) -> {
                        SimpleForecasts simple = tick.simple().get(channel);
                        SeriesFeedback of = feedback.get(channel);
                        Forecast published = of.issue(raw, simple);
                        listener.issued(channel, raw, simple, published);
                    });
        }
        batch.clear();
        waiting.clear();
    }

    @Override
    public void close() {
        batch.close();
    }
}
