package io.tickformer.monitoring;

import io.tickformer.annotation.Internal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Derives advice from the metrics of a job: what looks wrong, and which setting corrects it. Each
 * advice is given once, and again only if it changes. Not thread-safe.
 */
@Internal
public final class JobAdvisor {
    /** The least count for advice about a share. */
    private static final int ENOUGH = 10;

    /**
     * The number of consecutive snapshots before advice about something that may pass by itself.
     */
    private static final int PATIENCE = 3;

    /** The number of snapshots after which even a long history has been read. */
    private static final int LONG_PATIENCE = 15;

    /**
     * How long a job may read no records before advice: it takes some seconds to start, and
     * readings may be seconds apart.
     */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** The topics of advice. */
    private enum Topic {
        NOTHING_READ,
        STALLED,
        TIME_UNIT,
        DEAD_LETTERS,
        ONLY_MISSING,
        NO_WATERMARK,
        NO_TICK,
        PAST,
        LATE,
        REFUSED,
        FALLBACK
    }

    /**
     * Advice about a topic.
     *
     * @param subject detail of the topic; the same detail is not reported twice
     */
    private record Advice(Topic topic, String subject, String text) {}

    private final MonitoringSettings settings;
    private final Map<Topic, String> said = new EnumMap<>(Topic.class);
    private JobMetricsSnapshot before;
    private Instant lastRecords;
    private int withoutTicks;
    private int withoutForecasts;

    public JobAdvisor(MonitoringSettings settings) {
        this.settings = settings;
    }

    /** Returns the new advice for the next snapshot; usually none. */
    public List<String> on(JobMetricsSnapshot now) {
        JobMetricsSnapshot earlier =
                before == null ? new JobMetricsSnapshot(now.at(), Map.of(), Map.of()) : before;
        if (before == null || now.since(earlier, JobCounter.RECORDS) > 0) {
            lastRecords = now.at();
        }
        withoutTicks = now.since(earlier, JobCounter.TICKS) > 0 ? 0 : withoutTicks + 1;
        withoutForecasts = now.since(earlier, JobCounter.FORECASTS) > 0 ? 0 : withoutForecasts + 1;
        before = now;
        List<String> texts = new ArrayList<>();
        say(nothingRead(now), texts);
        say(stalled(now), texts);
        say(timeUnit(now), texts);
        say(deadLetters(now, earlier), texts);
        say(onlyMissing(now), texts);
        // Ticks at wrong event times make advice about ticks useless.
        if (2 * now.of(JobCounter.DOUBTFUL_TIMES) <= now.of(JobCounter.RECORDS)) {
            say(noTick(now), texts);
            say(past(now), texts);
        }
        say(late(now, earlier), texts);
        say(refused(now), texts);
        say(fallback(now), texts);
        return texts;
    }

    private void say(Optional<Advice> advice, List<String> texts) {
        if (advice.isPresent()) {
            Advice given = advice.get();
            if (!given.subject.equals(said.put(given.topic, given.subject))) {
                texts.add(given.text);
            }
        }
    }

    private Optional<Advice> nothingRead(JobMetricsSnapshot now) {
        if (!now.counts(JobCounter.RECORDS)
                || now.of(JobCounter.RECORDS) > 0
                || !isLongWithoutRecords(now)
                || now.waiting().orElse(0) > 0) {
            return Optional.empty();
        }
        return advice(
                Topic.NOTHING_READ,
                "",
                ("no record has been read yet from %s: the topic is empty, or has no new records"
                                + " since the job's group stopped reading; source.start=earliest"
                                + " reads it"
                                + " from the beginning")
                        .formatted(settings.topics()));
    }

    private boolean isLongWithoutRecords(JobMetricsSnapshot now) {
        return Duration.between(lastRecords, now.at()).compareTo(SILENCE) >= 0;
    }

    private Optional<Advice> stalled(JobMetricsSnapshot now) {
        if (!isLongWithoutRecords(now) || now.waiting().orElse(0) == 0) {
            return Optional.empty();
        }
        return advice(
                Topic.STALLED,
                "",
                ("nothing is read, but %s are waiting: the brokers at kafka.bootstrap-servers do"
                                + " not answer, or a later operator or the sink is too slow (the log"
                                + " says"
                                + " more)")
                        .formatted(ReadableNumbers.number(now.waiting().getAsLong(), "record")));
    }

    private Optional<Advice> timeUnit(JobMetricsSnapshot now) {
        JobCounter fits = most(JobCounter.DOUBTFUL_TIMES, now::of);
        long doubtful = now.of(JobCounter.DOUBTFUL_TIMES);
        boolean isMost = 10 * doubtful >= 9 * now.of(JobCounter.RECORDS);
        if (now.of(fits) == 0 || (doubtful < ENOUGH && !isMost)) {
            return Optional.empty();
        }
        String unit = fits.cause();
        String seen = now.time(JobGauge.DOUBTFUL_EVENT_TIME).map(JobAdvisor::day).orElse("1970");
        String written =
                now.time(JobGauge.DOUBTFUL_RECORD_TIME)
                        .map(time -> " on " + day(time))
                        .orElse(" at another time");
        // If it is nearly all records, the setting is wrong. If it is a part, producers differ.
        if (!isMost) {
            return advice(
                    Topic.TIME_UNIT,
                    unit + " in part",
                    ("%s of %s have event times around %s, but were written%s: they seem to be in"
                                    + " %s, but source.time-unit is %s; use the same unit in all"
                                    + " producers")
                            .formatted(
                                    ReadableNumbers.number(doubtful),
                                    ReadableNumbers.number(now.of(JobCounter.RECORDS), "record"),
                                    seen,
                                    written,
                                    unit,
                                    settings.timeUnit()));
        }
        return advice(
                Topic.TIME_UNIT,
                unit,
                "event times are around %s, but the records were written%s: set source.time-unit to %s (it is %s)"
                        .formatted(seen, written, unit, settings.timeUnit()));
    }

    private Optional<Advice> deadLetters(JobMetricsSnapshot now, JobMetricsSnapshot earlier) {
        long dead = now.since(earlier, JobCounter.DEAD_LETTERS);
        long all = dead + now.since(earlier, JobCounter.OBSERVATIONS);
        boolean none = now.of(JobCounter.OBSERVATIONS) == 0 && now.of(JobCounter.DEAD_LETTERS) > 0;
        if (!none && (dead < ENOUGH || 2 * dead < all)) {
            return Optional.empty();
        }
        JobCounter reason =
                most(
                        JobCounter.DEAD_LETTERS,
                        part -> none ? now.of(part) : now.since(earlier, part));
        String share =
                none
                        ? "none of the first %s could be decoded"
                                .formatted(
                                        ReadableNumbers.number(
                                                now.of(JobCounter.DEAD_LETTERS), "record"))
                        : "%s of the last %s became dead letters"
                                .formatted(
                                        ReadableNumbers.number(dead),
                                        ReadableNumbers.number(all, "record"));
        String where =
                settings.deadLetterTopic().isEmpty()
                        ? "they are lost, because sink.dead-letter-topic is empty"
                        : "the topic %s has them with details"
                                .formatted(settings.deadLetterTopic());
        return advice(
                Topic.DEAD_LETTERS,
                reason.name() + none,
                "%s, most of them because %s: %s; %s"
                        .formatted(share, reason.meaning(), reason.remedy(), where));
    }

    private Optional<Advice> onlyMissing(JobMetricsSnapshot now) {
        if (now.of(JobCounter.MISSING_READINGS) == 0
                || now.of(JobCounter.OBSERVATIONS) > 0
                || now.of(JobCounter.DEAD_LETTERS) > 0) {
            return Optional.empty();
        }
        return advice(
                Topic.ONLY_MISSING,
                "",
                "all %s so far are null: set source.value-fields to the fields with the values"
                        .formatted(
                                ReadableNumbers.number(
                                        now.of(JobCounter.MISSING_READINGS), "value")));
    }

    private Optional<Advice> noTick(JobMetricsSnapshot now) {
        if (!now.counts(JobCounter.OBSERVATIONS)
                || !now.counts(JobCounter.TICKS)
                || now.of(JobCounter.OBSERVATIONS) == 0
                || now.of(JobCounter.TICKS) > 0
                || withoutTicks < PATIENCE) {
            return Optional.empty();
        }
        if (now.watermark().isEmpty()) {
            return advice(
                    Topic.NO_WATERMARK,
                    "",
                    "readings arrive, but no tick ends: the job waits for a partition without"
                            + " readings, "
                            + (settings.idleness().isZero()
                                    ? "forever, because source.idleness is 0"
                                    : "for source.idleness (%s)"
                                            .formatted(
                                                    ReadableNumbers.duration(
                                                            settings.idleness()))));
        }
        Instant due = end(now.watermark().get()).plus(settings.outOfOrderness());
        return advice(
                Topic.NO_TICK,
                "",
                ("no tick has ended yet: a tick is %s long, and the first forecasts are due at"
                                + " event time %s, source.out-of-orderness (%s) after the end of the"
                                + " tick")
                        .formatted(
                                ReadableNumbers.duration(settings.tickLength()),
                                due.truncatedTo(ChronoUnit.SECONDS),
                                ReadableNumbers.duration(settings.outOfOrderness())));
    }

    /** The end of the tick that contains a time. */
    private Instant end(Instant time) {
        long tick = settings.tickLength().toMillis();
        return Instant.ofEpochMilli((Math.floorDiv(time.toEpochMilli(), tick) + 1) * tick);
    }

    private Optional<Advice> past(JobMetricsSnapshot now) {
        long past = now.of(JobCounter.TICKS_NOT_FORECAST);
        // With earliest, the ticks that are not forecast were forecast by an earlier start.
        if (past == 0
                || settings.forecastFrom().equals("earliest")
                || now.of(JobCounter.FORECASTS) > 0
                || withoutForecasts < PATIENCE
                || isBehind(now)) {
            // This is normal while the job is behind.
            return Optional.empty();
        }
        boolean old =
                now.behindClock()
                        .map(by -> by.compareTo(settings.tickLength().multipliedBy(2)) > 0)
                        .orElse(false);
        String then =
                old && now.isCaughtUp()
                        ? ("; all records are read, and the newest readings are from %s: there is"
                                                + " no"
                                                + " forecast")
                                        .formatted(time(now.watermark().get(), now.at()))
                                + " until newer readings arrive"
                        : "";
        return advice(
                Topic.PAST,
                then.isEmpty() ? "" : "old",
                ("%s ended before the job started: they fill the contexts and are not forecast"
                                + " (forecast.from is %s)%s; set forecast.from to earliest to forecast them"
                                + " too")
                        .formatted(
                                ReadableNumbers.number(past, "tick"),
                                settings.forecastFrom(),
                                then));
    }

    /**
     * Returns whether there is more to read. A subtask that is not a source guesses: there is more
     * as long as ticks end, but not forever.
     */
    private boolean isBehind(JobMetricsSnapshot now) {
        return now.waiting().isPresent()
                ? now.waiting().getAsLong() > 0
                : withoutTicks < PATIENCE && withoutForecasts < LONG_PATIENCE;
    }

    private Optional<Advice> late(JobMetricsSnapshot now, JobMetricsSnapshot earlier) {
        long lost = now.since(earlier, JobCounter.LATE_TOO_OLD);
        long ticks = now.since(earlier, JobCounter.TICKS);
        if (lost < ENOUGH || lost < ticks) {
            return Optional.empty();
        }
        String where =
                settings.lateTopic().isEmpty()
                        ? "they are lost, because sink.late-topic is empty"
                        : "the topic %s has them".formatted(settings.lateTopic());
        return advice(
                Topic.LATE,
                "",
                ("%s are older than the contexts of their series: they were sent twice or very"
                                + " late, or the clock of a device was ahead (source.max-ahead"
                                + " limits"
                                + " this); %s")
                        .formatted(ReadableNumbers.number(lost, "reading"), where));
    }

    private Optional<Advice> refused(JobMetricsSnapshot now) {
        long refused = now.of(JobCounter.MAX_SERIES);
        if (refused == 0) {
            return Optional.empty();
        }
        return advice(
                Topic.REFUSED,
                "",
                ("%s of new series were refused, because forecast.max-series (%s) series have"
                                + " state:"
                                + " %s")
                        .formatted(
                                ReadableNumbers.number(refused, "reading"),
                                ReadableNumbers.number(settings.maxSeries()),
                                JobCounter.MAX_SERIES.remedy()));
    }

    private Optional<Advice> fallback(JobMetricsSnapshot now) {
        long fallback = now.of(JobCounter.FALLBACK_FORECASTS);
        if (fallback < ENOUGH || 10 * fallback < now.of(JobCounter.FORECASTS)) {
            return Optional.empty();
        }
        return advice(
                Topic.FALLBACK,
                "",
                ("%s of quality FALLBACK: the model in model.path gives no finite forecast for"
                                + " them, or naive and seasonal naive have been better on their"
                                + " series; train it on readings like these, or use another model")
                        .formatted(ReadableNumbers.number(fallback, "forecast")));
    }

    private static Optional<Advice> advice(Topic topic, String subject, String text) {
        return Optional.of(new Advice(topic, subject, text));
    }

    /** The part with the highest count. */
    private static JobCounter most(JobCounter whole, ToLongFunction<JobCounter> numbers) {
        List<JobCounter> parts = whole.parts();
        JobCounter most = parts.get(0);
        for (JobCounter part : parts) {
            if (numbers.applyAsLong(part) > numbers.applyAsLong(most)) {
                most = part;
            }
        }
        return most;
    }

    /** Formats a recent time to the minute, and any other to the day. */
    private static String time(Instant time, Instant now) {
        return Duration.between(time, now).abs().toDays() < 2
                ? time.truncatedTo(ChronoUnit.MINUTES).toString()
                : day(time);
    }

    private static String day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}
