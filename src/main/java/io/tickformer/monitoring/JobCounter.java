package io.tickformer.monitoring;

import io.tickformer.annotation.Internal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All counters of a running job. Both the operators and the readers of metrics use this list, so a
 * new entry is counted, shown and documented.
 */
@Internal
public enum JobCounter {
    RECORDS(MetricOwner.DECODER, "records", "records", "Kafka records read"),
    OBSERVATIONS(MetricOwner.OBSERVATIONS, "observations", "readings", "readings decoded"),
    MISSING_READINGS(
            MetricOwner.DECODER,
            "missingReadings",
            "readings",
            "values that were null or absent while the record had others"),

    DEAD_LETTERS(
            MetricOwner.OBSERVATIONS,
            "deadLetters",
            "dead letters",
            "dead letters, for any reason"),
    UNDECODABLE(
            DEAD_LETTERS,
            "undecodable",
            "the bytes do not have the configured format",
            "check source.format"),
    UNKNOWN_SCHEMA(
            DEAD_LETTERS,
            "unknownSchema",
            "the registry has no schema with the record's schema id",
            "check registry.url"),
    NO_KEY(
            DEAD_LETTERS,
            "noKey",
            "there is no series key",
            "set source.key-field to the field with the series key, or leave it empty for the Kafka"
                    + " key"),
    KEY_TOO_LONG(
            DEAD_LETTERS,
            "keyTooLong",
            "the series key has more than a thousand characters",
            "check source.key-field"),
    NO_TIME(
            DEAD_LETTERS,
            "noTime",
            "there is no valid event time",
            "set source.time-field to the field with the event time, or leave it empty for the"
                    + " Kafka timestamp"),
    IMPOSSIBLE_TIME(
            DEAD_LETTERS,
            "impossibleTime",
            "the event time is before 1970 or after the year 9999",
            "check source.time-unit and source.time-field"),
    TOO_FAR_AHEAD(
            DEAD_LETTERS,
            "tooFarAhead",
            "the event time is too far in the future",
            "check source.time-unit, and raise source.max-ahead if clocks really are that far"
                    + " ahead"),
    NO_VALUE(
            DEAD_LETTERS,
            "noValue",
            "all value fields are absent",
            "set source.value-fields to the fields with the values"),
    NOT_NUMERIC(
            DEAD_LETTERS,
            "notNumeric",
            "a value is not a number",
            "set source.value-fields to fields with numbers"),
    NOT_FINITE(
            DEAD_LETTERS,
            "notFinite",
            "a value is NaN or infinite",
            "leave such values out in the producer"),
    OUT_OF_RANGE(
            DEAD_LETTERS,
            "outOfRange",
            "the magnitude of a value is above 1e30",
            "check source.value-fields and the unit that the producer sends"),

    DOUBTFUL_TIMES(
            MetricOwner.DECODER,
            "doubtfulTimes",
            "readings",
            "event times that are years away from the record's Kafka timestamp and would fit in"
                    + " another unit"),
    FIT_SECONDS(DOUBTFUL_TIMES, "seconds", "source.time-unit=seconds would fit", ""),
    FIT_MILLIS(DOUBTFUL_TIMES, "millis", "source.time-unit=millis would fit", ""),
    FIT_MICROS(DOUBTFUL_TIMES, "micros", "source.time-unit=micros would fit", ""),
    FIT_NANOS(DOUBTFUL_TIMES, "nanos", "source.time-unit=nanos would fit", ""),

    TICKS(
            MetricOwner.FORECASTS,
            "ticks",
            "ticks",
            "ticks that ended and were added to their context"),
    FORECASTS(MetricOwner.FORECASTS, "forecasts", "forecasts", "forecasts issued"),
    FALLBACK_FORECASTS(
            MetricOwner.FORECASTS,
            "fallbackForecasts",
            "forecasts",
            "forecasts of quality FALLBACK: the model gave no finite answer, or simple forecasts of"
                    + " the series have been better"),
    ANOMALIES(
            MetricOwner.FORECASTS,
            "anomalies",
            "anomalies",
            "ticks at which an unusual event began"),
    MODEL_FAILURES(
            MetricOwner.FORECASTS,
            "modelFailures",
            "calls",
            "calls of the model that failed; simple forecasts take the place of its own"),
    MODEL_OUTAGES(
            MetricOwner.FORECASTS,
            "modelOutages",
            "outages",
            "times that the calls of the model began to fail"),
    MODEL_RECOVERIES(
            MetricOwner.FORECASTS,
            "modelRecoveries",
            "outages",
            "times that a call of the model succeeded again"),
    DRIFTS_BEGUN(
            MetricOwner.DRIFT,
            "driftsBegun",
            "drifts",
            "times that many series began to be forecast worse than usual at the same time"),
    DRIFTS_ENDED(
            MetricOwner.DRIFT,
            "driftsEnded",
            "drifts",
            "times that they were forecast as usual again"),
    TICKS_NOT_FORECAST(
            MetricOwner.FORECASTS,
            "ticksNotForecast",
            "ticks",
            "past ticks that filled their context and were not forecast (forecast.from)"),
    CONTEXT_RESTARTS(
            MetricOwner.FORECASTS,
            "contextRestarts",
            "contexts",
            "contexts that started empty again after a gap longer than all they store"),
    EXPIRED_SERIES(
            MetricOwner.FORECASTS,
            "expiredSeries",
            "series",
            "series whose state was dropped because they were silent"),

    PARTIAL_READINGS(
            MetricOwner.FORECASTS,
            "partialReadings",
            "readings",
            "readings of ticks that had started before the job started reading, which sum and count"
                    + " leave out"),

    LATE_READINGS(
            MetricOwner.FORECASTS,
            "lateReadings",
            "readings",
            "readings that arrived after their tick had ended"),
    LATE_REVISED(LATE_READINGS, "revised", "revised their tick in the context", ""),
    LATE_TOO_OLD(
            LATE_READINGS,
            "tooOld",
            "were older than the context, and were written to sink.late-topic if it is set",
            ""),

    REFUSED_READINGS(
            MetricOwner.ADMISSION,
            "refusedReadings",
            "readings",
            "readings of series beyond the limit"),
    MAX_SERIES(
            REFUSED_READINGS,
            "maxSeries",
            "forecast.max-series series have state already",
            "raise forecast.max-series, or check whether the series key changes with each record");

    private final JobCounter whole;
    private final MetricOwner owner;
    private final String metric;
    private final String cause;
    private final String unit;
    private final String meaning;
    private final String remedy;

    /** A counter of its own. */
    JobCounter(MetricOwner owner, String metric, String unit, String meaning) {
        this.whole = null;
        this.owner = owner;
        this.metric = metric;
        this.cause = "";
        this.unit = unit;
        this.meaning = meaning;
        this.remedy = "";
    }

    /** A part of another counter, by cause. */
    JobCounter(JobCounter whole, String cause, String meaning, String remedy) {
        this.whole = whole;
        this.owner = whole.owner;
        this.metric = whole.metric + '.' + cause;
        this.cause = cause;
        this.unit = whole.unit;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** The operator that counts it. */
    public MetricOwner owner() {
        return owner;
    }

    /** What is counted. */
    public String unit() {
        return unit;
    }

    /** Name of the metric. */
    public String metric() {
        return metric;
    }

    /** A description of what it counts. */
    public String meaning() {
        return meaning;
    }

    /** The counter that it is a part of, if any. */
    Optional<JobCounter> whole() {
        return Optional.ofNullable(whole);
    }

    /**
     * Its cause as text, such as {@code no value}; empty if it is not a part of another counter.
     */
    String cause() {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < cause.length(); i++) {
            char letter = cause.charAt(i);
            if (Character.isUpperCase(letter)) {
                words.append(' ');
            }
            words.append(Character.toLowerCase(letter));
        }
        return words.toString();
    }

    /** What to do about it; empty if there is nothing to do. */
    public String remedy() {
        return remedy;
    }

    /** The parts of this counter, in order. */
    public List<JobCounter> parts() {
        List<JobCounter> parts = new ArrayList<>();
        for (JobCounter count : values()) {
            if (count.whole == this) {
                parts.add(count);
            }
        }
        return parts;
    }
}
