package io.tickformer.cli.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickformer.annotation.Nullable;
import io.tickformer.event.ForecastEvent;
import io.tickformer.event.ForecastEventKind;
import io.tickformer.event.ForecastScore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the job says of its own forecasts: the newest score of each series and of the whole job, and
 * the newest event. Not thread-safe.
 */
final class LiveFeedback {
    private static final int KEPT_ERRORS = 600;
    private static final double MILLIS = 1000;

    private final Map<String, ForecastScore> scores = new LinkedHashMap<>();
    private final Deque<ErrorAt> errors = new ArrayDeque<>();
    @Nullable private RecentScore job; // null while series warm up
    @Nullable private ForecastEvent event; // null before the first
    private long anomalies;

    /** Takes the score of a series. */
    void score(ForecastScore score) {
        scores.put(score.series(), score);
    }

    /**
     * Takes the score of the whole job.
     *
     * @param isWarm whether most series are past the forecasts of short contexts
     */
    void jobScore(ForecastScore score, boolean isWarm) {
        job = isWarm ? RecentScore.of(score) : null;
        if (isWarm && Double.isFinite(job.error()) && Double.isFinite(job.seasonalNaiveError())) {
            errors.add(
                    new ErrorAt(
                            score.tickTimeMillis() / MILLIS,
                            job.error(),
                            job.seasonalNaiveError()));
            if (errors.size() > KEPT_ERRORS) {
                errors.removeFirst();
            }
        }
    }

    /**
     * Takes a change of the number of anomalies.
     *
     * @param more -1 if a late reading showed that one is none
     */
    void anomalies(long more) {
        anomalies += more;
    }

    void event(ForecastEvent newest) {
        event = newest;
    }

    /** Number of anomalies so far. */
    long anomalies() {
        return anomalies;
    }

    /** The share of recent values within their 80 % intervals, over all series; may be NaN. */
    double coverage80() {
        return RecentScore.of(scores.values()).coverage80();
    }

    /** Writes the figures of the whole job. */
    void writeTo(ObjectNode json) {
        json.put("anomalies", anomalies);
        write(job, json);
        ObjectNode error = json.putObject("error");
        ArrayNode times = error.putArray("time");
        ArrayNode model = error.putArray("model");
        ArrayNode baseline = error.putArray("naive");
        for (ErrorAt one : errors) {
            times.add(one.seconds());
            model.add(one.error());
            baseline.add(one.naiveError());
        }
        if (event != null) {
            ObjectNode newest = json.putObject("event");
            newest.put("time", event.tickTimeMillis() / MILLIS);
            newest.put("series", event.series());
            newest.put("text", event.text());
            newest.put("isBad", isBad(event.kind()));
        }
    }

    private static boolean isBad(ForecastEventKind kind) {
        return switch (kind) {
            case DRIFT_BEGAN, FALLBACK_BEGAN, MODEL_FAILED -> true;
            case DRIFT_ENDED, FALLBACK_ENDED, MODEL_RECOVERED -> false;
        };
    }

    /** Writes the score of a series. */
    void writeTo(ObjectNode json, String key, SeriesTrace trace) {
        ForecastScore score = scores.get(key);
        write(trace.isWarm(score) ? RecentScore.of(score) : null, json);
        json.put("anomalies", trace.anomalies());
    }

    /** Writes the fields that are known. */
    private static void write(@Nullable RecentScore score, ObjectNode json) {
        json.put("warmingUp", score == null);
        if (score != null) {
            put(json, "mae", score.error());
            put(json, "naiveMae", score.seasonalNaiveError());
            put(json, "ratio", score.relativeError());
            put(json, "coverage80", score.coverage80());
        }
    }

    private static void put(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, value);
        }
    }

    private record ErrorAt(double seconds, double error, double naiveError) {}
}
