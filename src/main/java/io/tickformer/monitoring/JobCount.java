package io.tickformer.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a running job counts. Whoever counts it names its metric by this list, and
 * whoever reads the metrics finds them by it: a new entry is counted, shown and documented.
 */
public enum JobCount {
    RECORDS("records", "Kafka records read"),
    OBSERVATIONS("observations", "readings decoded"),
    MISSING_READINGS("missingReadings", "values that were null or absent beside others"),

    DEAD_LETTERS("deadLetters", "dead letters, whatever is wrong with them"),
    UNDECODABLE(
            DEAD_LETTERS,
            "undecodable",
            "the bytes do not have the form that is set",
            "check source.format"),
    UNKNOWN_SCHEMA(
            DEAD_LETTERS,
            "unknownSchema",
            "the registry has no schema of the record's id",
            "check registry.url"),
    NO_KEY(
            DEAD_LETTERS,
            "noKey",
            "there is no series key",
            "set source.key-field to the field that names the series, or to nothing for the Kafka"
                    + " key"),
    KEY_TOO_LONG(
            DEAD_LETTERS,
            "keyTooLong",
            "the series key has more than a thousand characters",
            "check source.key-field"),
    NO_TIME(
            DEAD_LETTERS,
            "noTime",
            "there is no event time that can be read",
            "set source.time-field to the field with the time, or to nothing for the Kafka"
                    + " timestamp"),
    IMPOSSIBLE_TIME(
            DEAD_LETTERS,
            "impossibleTime",
            "the event time is before 1970 or after the year 9999",
            "check source.time-unit and source.time-field"),
    TOO_FAR_AHEAD(
            DEAD_LETTERS,
            "tooFarAhead",
            "the event time lies too far in the future",
            "check source.time-unit, and raise source.max-ahead where clocks really are so far"
                    + " ahead"),
    NO_VALUE(
            DEAD_LETTERS,
            "noValue",
            "none of the value fields is there",
            "set source.value-fields to the fields that hold values"),
    NOT_NUMERIC(
            DEAD_LETTERS,
            "notNumeric",
            "a value is no number",
            "set source.value-fields to fields that hold numbers"),
    NOT_FINITE(
            DEAD_LETTERS,
            "notFinite",
            "a value is NaN or infinite",
            "let the producer leave such values out"),
    OUT_OF_RANGE(
            DEAD_LETTERS,
            "outOfRange",
            "a value is beyond 1e30",
            "check source.value-fields and the unit that the producer sends"),

    DOUBTFUL_TIMES(
            "doubtfulTimes",
            "event times years from the record's Kafka timestamp where another unit fits"),
    FIT_SECONDS(DOUBTFUL_TIMES, "seconds", "source.time-unit=seconds would fit", ""),
    FIT_MILLIS(DOUBTFUL_TIMES, "millis", "source.time-unit=millis would fit", ""),
    FIT_MICROS(DOUBTFUL_TIMES, "micros", "source.time-unit=micros would fit", ""),
    FIT_NANOS(DOUBTFUL_TIMES, "nanos", "source.time-unit=nanos would fit", ""),

    TICKS("ticks", "ticks that ended and moved their series on"),
    FORECASTS("forecasts", "forecasts issued"),
    FALLBACK_FORECASTS(
            "fallbackForecasts", "forecasts of quality FALLBACK: the model gave no finite answer"),
    TICKS_NOT_FORECAST(
            "ticksNotForecast",
            "ticks of the past, which filled their context and were not forecast (forecast.from)"),
    CONTEXT_RESTARTS(
            "contextRestarts",
            "contexts that began anew after a gap as long as all that they hold"),
    EXPIRED_SERIES("expiredSeries", "series forgotten because they stayed silent"),

    PARTIAL_READINGS(
            "partialReadings",
            "readings of ticks that had begun before reading began, which a sum or a count does"
                    + " without"),

    LATE_READINGS("lateReadings", "readings whose tick had ended already, whatever came of them"),
    LATE_REVISED(LATE_READINGS, "revised", "changed their tick in the context", ""),
    LATE_TOO_OLD(
            LATE_READINGS,
            "tooOld",
            "were too old to count, and went to sink.late-topic where there is one",
            ""),

    REFUSED_READINGS("refusedReadings", "readings of series that found no room"),
    MAX_SERIES(
            REFUSED_READINGS,
            "maxSeries",
            "as many series as forecast.max-series have state",
            "raise forecast.max-series, or look for a key that changes with every record");

    private final JobCount whole;
    private final String metric;
    private final String cause;
    private final String meaning;
    private final String remedy;

    /** A number of its own. */
    JobCount(String metric, String meaning) {
        this(null, metric, "", meaning, "");
    }

    /** A part of another number, by cause. */
    JobCount(JobCount whole, String cause, String meaning, String remedy) {
        this(whole, whole.metric + '.' + cause, cause, meaning, remedy);
    }

    JobCount(JobCount whole, String metric, String cause, String meaning, String remedy) {
        this.whole = whole;
        this.metric = metric;
        this.cause = cause;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** Name of the metric. */
    public String metric() {
        return metric;
    }

    /** What it counts, in words. */
    public String meaning() {
        return meaning;
    }

    /** The number that it is a part of, if any. */
    Optional<JobCount> whole() {
        return Optional.ofNullable(whole);
    }

    /** Its cause in words, such as {@code no value}; empty where it is no part of another. */
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

    /** What to do about it; empty where nothing is to be done. */
    String remedy() {
        return remedy;
    }

    /** The parts of this number, in order. */
    public List<JobCount> parts() {
        List<JobCount> parts = new ArrayList<>();
        for (JobCount count : values()) {
            if (count.whole == this) {
                parts.add(count);
            }
        }
        return parts;
    }
}
