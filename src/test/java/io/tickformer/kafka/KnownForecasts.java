package io.tickformer.kafka;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.ForecastScore;
import io.tickformer.event.StepScore;
import io.tickformer.kafka.encode.FeedbackRecordFormat;
import io.tickformer.kafka.encode.FeedbackRecordSerializer;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.registry.RegistryException;
import io.tickformer.kafka.registry.RegistrySettings;
import io.tickformer.kafka.sink.RecordTimestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Forecasts made by hand, and the alerts that they give: a capacity of 100 may be exceeded, at the
 * level 0.9, in a tick that ends at most four hours after the forecast.
 */
final class KnownForecasts {
    static final double CAPACITY = 100;

    private static final int HORIZON = 20;
    private static final Instant START = Instant.parse("2024-05-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final double[] LEVELS = {0.1, 0.5, 0.9};
    private static final double[] WITHOUT_NINETY = {0.05, 0.8, 0.95};

    /** An alert, and the forecast that gave it. */
    record Alert(
            String series,
            Instant tickTime,
            Instant crossingTime,
            double quantile,
            ForecastQuality quality) {}

    private KnownForecasts() {}

    /** The forecasts, in the order of their topic. */
    static List<Forecast> all() {
        return List.of(
                peak("meter-1", 0, HOUR, 3, 101),
                peak("käse", 0, HOUR, 3, 100),
                peak("far", 0, HOUR, 4, 1e9),
                // Still at risk, then not, then again.
                peak("meter-1", 1, HOUR, 2, 150),
                peak("meter-1", 2, HOUR, 5, 150),
                peak("meter-1", 3, HOUR, 0, 100.5),
                peak("quarters", 7, QUARTER, 15, 120),
                peak("far-quarters", 7, QUARTER, 16, 120),
                young(peak("young", 0, HOUR, 0, 500)),
                peak("fallback", 0, HOUR, 0, 500, LEVELS, ForecastQuality.FALLBACK),
                // Between the levels 0.8 and 0.95, where the quantiles are 0 and the peak.
                peak("between", 0, HOUR, 1, 153, WITHOUT_NINETY, ForecastQuality.OK),
                peak("below-between", 0, HOUR, 1, 147, WITHOUT_NINETY, ForecastQuality.OK));
    }

    /** A forecast that would give an alert, for a transaction that is never committed. */
    static Forecast neverCommitted() {
        return peak("never-committed", 0, HOUR, 0, 500);
    }

    /** The alerts that {@link #all} give, in that order. */
    static List<Alert> alerts() {
        return List.of(
                alert("meter-1", 0, HOUR, 3, 101, ForecastQuality.OK),
                alert("meter-1", 3, HOUR, 0, 100.5, ForecastQuality.OK),
                alert("quarters", 7, QUARTER, 15, 120, ForecastQuality.OK),
                alert("fallback", 0, HOUR, 0, 500, ForecastQuality.FALLBACK),
                alert("between", 0, HOUR, 1, 102, ForecastQuality.OK));
    }

    /** The record of a score, for a topic in Avro. */
    static ProducerRecord<byte[], byte[]> scoreRecord(String topic, RegistrySettings registry)
            throws RegistryException {
        FeedbackRecordSerializer<ForecastScore> records =
                new FeedbackRecordSerializer<>(
                        FeedbackRecordFormat.SCORE,
                        topic,
                        OutputFormat.avro(registry),
                        RecordTimestamp.EVENT_TIME,
                        Clock.systemUTC());
        records.open(null, null);
        StepScore step = new StepScore(1, 60, 1.5, 0.5, 2, Double.NaN, new double[] {0.8});
        ForecastScore score =
                new ForecastScore(
                        "käse",
                        START.toEpochMilli() / HOUR.toMillis(),
                        START.toEpochMilli(),
                        HOUR.toMillis(),
                        1,
                        1,
                        0,
                        new double[] {0.8},
                        List.of(step));
        return records.serialize(score, null, null);
    }

    private static Alert alert(
            String series,
            int ticks,
            Duration tick,
            int step,
            double quantile,
            ForecastQuality quality) {
        Instant time = START.plus(tick.multipliedBy(ticks));
        return new Alert(series, time, time.plus(tick.multipliedBy(step + 1)), quantile, quality);
    }

    private static Forecast young(Forecast forecast) {
        return forecast.withValues(
                forecast.quantiles(), forecast.mean(), ForecastQuality.WARMING_UP, false);
    }

    private static Forecast peak(String series, int ticks, Duration tick, int step, double high) {
        return peak(series, ticks, tick, step, high, LEVELS, ForecastQuality.OK);
    }

    /** A forecast whose highest quantile has a peak at a step; the others are at most 0. */
    private static Forecast peak(
            String series,
            int ticks,
            Duration tick,
            int step,
            double high,
            double[] levels,
            ForecastQuality quality) {
        double[] quantiles = new double[HORIZON * levels.length];
        for (int each = 0; each < HORIZON; each++) {
            quantiles[each * levels.length] = -1;
            quantiles[each * levels.length + 2] = each == step ? high : 0.1 * each;
        }
        double[] mean = new double[HORIZON];
        Arrays.fill(mean, 0.1);
        long time = START.plus(tick.multipliedBy(ticks)).toEpochMilli();
        return new Forecast(
                series,
                time / tick.toMillis(),
                time,
                tick.toMillis(),
                levels,
                quantiles,
                mean,
                "streaming",
                "1",
                17,
                quality,
                quality == ForecastQuality.OK);
    }
}
