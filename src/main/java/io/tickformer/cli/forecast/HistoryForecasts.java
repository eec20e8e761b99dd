package io.tickformer.cli.forecast;

import io.tickformer.evaluation.backtest.ActualEntity;
import io.tickformer.evaluation.backtest.Cutoffs;
import io.tickformer.evaluation.backtest.ModelForecaster;
import io.tickformer.evaluation.backtest.PointForecast;
import io.tickformer.evaluation.replay.RecordReplay;
import io.tickformer.evaluation.replay.ReplayListener;
import io.tickformer.event.Forecast;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.feedback.issued.SimpleForecasts;
import io.tickformer.history.History;
import io.tickformer.history.SeriesSummary;
import io.tickformer.inference.ForecastModel;
import io.tickformer.spec.Channels;
import io.tickformer.spec.ForecastSpec;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The forecasts of a history at the last tick of each series, or of each record. */
final class HistoryForecasts {
    private final ForecastModel model;
    private final ForecastSpec spec;
    private final History history;
    private final Channels channels;
    private final Consumer<String> warnings;

    /**
     * @param warnings takes a line for each record whose past is lost behind a gap
     */
    HistoryForecasts(ForecastModel model, History history, Consumer<String> warnings) {
        this.model = model;
        this.warnings = warnings;
        this.spec = model.spec();
        this.history = history;
        this.channels = Channels.of(spec);
    }

    private List<Channels.Entity> records() {
        return channels.entities(history.summaries().stream().map(SeriesSummary::series).toList());
    }

    private ActualEntity load(Channels.Entity entity) {
        ActualEntity record =
                ActualEntity.of(entity, channels, at -> history.ticks(at, spec.tickRule()));
        tickAfterGap(record)
                .ifPresent(
                        tick ->
                                warnings.accept(
                                        "%s: only what came from %s on counts; a gap longer than the model remembers (%d ticks) lies before it. If its times after the gap are wrong, remove these rows"
                                                .formatted(
                                                        record.key(),
                                                        Instant.ofEpochMilli(
                                                                tick * spec.tickMillis()),
                                                        spec.ringTicks())));
        return record;
    }

    /** The first tick after a gap at which the context of the last tick began anew. */
    private OptionalLong tickAfterGap(ActualEntity record) {
        double[] values = new double[spec.channelCount()];
        long first = record.endTick();
        long missing = 0;
        for (long tick = record.endTick() - 1; tick >= record.firstTick(); tick--) {
            if (!record.load(tick, values)) {
                missing++;
                if (missing == spec.ringTicks()) {
                    return OptionalLong.of(first);
                }
            } else if (record.endTick() - tick >= spec.contextLength()) {
                return OptionalLong.empty();
            } else {
                first = tick;
                missing = 0;
            }
        }
        return OptionalLong.empty();
    }

    /** The forecasts as the model makes them. */
    void raw(Consumer<Forecast> out) {
        try (ModelForecaster forecaster =
                new ModelForecaster("", model, PointForecast.MEAN, spec.horizon())) {
            for (Channels.Entity each : records()) {
                ActualEntity record = load(each);
                long last = record.endTick() - 1;
                forecaster.forecast(record, new Cutoffs(last, last, 1, spec.horizon()), out);
            }
        }
    }

    /** The forecasts as a job would publish them after it has read the history. */
    void calibrated(Consumer<Forecast> out) {
        try (RecordReplay replay = new RecordReplay(model, FeedbackSettings.DEFAULT)) {
            for (Channels.Entity each : records()) {
                SortedMap<Integer, Forecast> last = new TreeMap<>();
                replay.run(
                        load(each),
                        new ReplayListener() {
                            @Override
                            public void issued(
                                    int channel,
                                    Forecast raw,
                                    SimpleForecasts simple,
                                    Forecast published) {
                                last.put(channel, published);
                            }
                        });
                last.values().forEach(out);
            }
        }
    }
}
