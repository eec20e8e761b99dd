package io.tickformer.kafka.encode;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Anomaly;
import io.tickformer.event.ForecastEvent;
import io.tickformer.event.ForecastScore;
import io.tickformer.event.StepScore;
import io.tickformer.kafka.registry.Schemas;
import java.io.Serializable;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.avro.Schema;

/**
 * A kind of event that the feedback gives, and how it is written. The fields of each begin with
 * series, tick_index, tick_time and tick_millis, like those of a forecast.
 *
 * @param schema the Avro schema of its values
 * @param series the key of its record
 * @param timeMillis its event time
 * @param fields writes its fields, in the order of the schema
 * @param <T> type of the events
 */
@Internal
public record FeedbackRecordFormat<T>(
        SchemaSource schema,
        Getter<T, String> series,
        TimeGetter<T> timeMillis,
        FieldWriter<T> fields)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Returns a schema, wherever the record serializer is sent to. */
    @FunctionalInterface
    interface SchemaSource extends Supplier<Schema>, Serializable {}

    /** Returns a field of an event. */
    @FunctionalInterface
    interface Getter<T, V> extends Function<T, V>, Serializable {}

    /** Returns the event time of an event in milliseconds. */
    @FunctionalInterface
    interface TimeGetter<T> extends ToLongFunction<T>, Serializable {}

    /** Writes the fields of an event. */
    @FunctionalInterface
    interface FieldWriter<T> extends BiConsumer<T, EventFields>, Serializable {}

    /** Scores of a series or the whole job: {@code schemas/score.avsc}. */
    public static final FeedbackRecordFormat<ForecastScore> SCORE =
            new FeedbackRecordFormat<>(
                    Schemas::score,
                    ForecastScore::series,
                    ForecastScore::tickTimeMillis,
                    FeedbackRecordFormat::writeScore);

    /** Anomalies of a series: {@code schemas/anomaly.avsc}. */
    public static final FeedbackRecordFormat<Anomaly> ANOMALY =
            new FeedbackRecordFormat<>(
                    Schemas::anomaly,
                    Anomaly::series,
                    Anomaly::tickTimeMillis,
                    FeedbackRecordFormat::writeAnomaly);

    /** Events of a series or the whole job: {@code schemas/event.avsc}. */
    public static final FeedbackRecordFormat<ForecastEvent> EVENT =
            new FeedbackRecordFormat<>(
                    Schemas::event,
                    ForecastEvent::series,
                    ForecastEvent::tickTimeMillis,
                    FeedbackRecordFormat::writeEvent);

    private static void tick(
            String series, long index, long timeMillis, long tickMillis, EventFields fields) {
        fields.text("series", series);
        fields.whole("tick_index", index);
        fields.whole("tick_time", timeMillis);
        fields.whole("tick_millis", tickMillis);
    }

    private static void writeScore(ForecastScore score, EventFields fields) {
        tick(score.series(), score.tickIndex(), score.tickTimeMillis(), score.tickMillis(), fields);
        fields.whole("series_count", score.seriesCount());
        fields.whole("calibrated_count", score.calibratedCount());
        fields.whole("fallback_count", score.fallbackCount());
        fields.numbers("intervals", score.intervals());
        fields.list("steps", score.steps(), FeedbackRecordFormat::writeStep);
    }

    private static void writeStep(StepScore step, EventFields fields) {
        fields.whole("step", step.step());
        fields.number("targets", step.targets());
        fields.optional("absolute_error", step.absoluteError());
        fields.optional("pinball_loss", step.pinballLoss());
        fields.optional("naive_error", step.naiveError());
        fields.optional("seasonal_naive_error", step.seasonalNaiveError());
        fields.numbers("coverage", step.coverage());
    }

    private static void writeAnomaly(Anomaly anomaly, EventFields fields) {
        tick(
                anomaly.series(),
                anomaly.tickIndex(),
                anomaly.tickTimeMillis(),
                anomaly.tickMillis(),
                fields);
        fields.number("value", anomaly.value());
        fields.optional("expected", anomaly.expected());
        fields.number("score", anomaly.score());
        fields.flag("is_high", anomaly.isHigh());
        fields.flag("is_withdrawn", anomaly.isWithdrawn());
    }

    private static void writeEvent(ForecastEvent event, EventFields fields) {
        tick(event.series(), event.tickIndex(), event.tickTimeMillis(), event.tickMillis(), fields);
        fields.symbol("kind", event.kind());
        fields.text("text", event.text());
        fields.numbers("evidence", event.evidence());
    }
}
