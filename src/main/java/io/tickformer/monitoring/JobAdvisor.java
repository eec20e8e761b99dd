package io.tickformer.monitoring;

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
 * Says in words what looks wrong with the numbers of a job, and which setting mends it. Each thing
 * is said once, when it arises, and again only if it changes. For one thread.
 */
public final class JobAdvisor {
    /** Fewer are no reason to speak of a share of them. */
    private static final int ENOUGH = 10;

    /** Readings one after another in which something must hold that may pass by itself. */
    private static final int PATIENCE = 3;

    /** Readings after which even a past that is long has been read. */
    private static final int LONG_PATIENCE = 15;

    /** A job takes some seconds to start, and readings may be seconds apart. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** What advice may be about. */
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
     * @param subject what of it; the same subject is not spoken of twice
     */
    private record Advice(Topic topic, String subject, String text) {}

    private final MonitoringSettings facts;
    private final Map<Topic, String> said = new EnumMap<>(Topic.class);
    private JobMetricsSnapshot before;
    private Instant lastRecords;
    private int withoutTicks;
    private int withoutForecasts;

    public JobAdvisor(MonitoringSettings facts) {
        this.facts = facts;
    }

    /** What is to be said of the next reading, given those before; mostly nothing. */
    public List<String> on(JobMetricsSnapshot now) {
        JobMetricsSnapshot earlier =
                before == null ? new JobMetricsSnapshot(now.at(), Map.of(), Map.of()) : before;
        if (before == null || now.since(earlier, JobCount.RECORDS) > 0) {
            lastRecords = now.at();
        }
        withoutTicks = now.since(earlier, JobCount.TICKS) > 0 ? 0 : withoutTicks + 1;
        withoutForecasts = now.since(earlier, JobCount.FORECASTS) > 0 ? 0 : withoutForecasts + 1;
        before = now;
        List<String> texts = new ArrayList<>();
        say(nothingRead(now), texts);
        say(stalled(now), texts);
        say(timeUnit(now), texts);
        say(deadLetters(now, earlier), texts);
        say(onlyMissing(now), texts);
        // Ticks of a wrong time tell nothing of the others.
        if (2 * now.of(JobCount.DOUBTFUL_TIMES) <= now.of(JobCount.RECORDS)) {
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
        if (!now.counts(JobCount.RECORDS)
                || now.of(JobCount.RECORDS) > 0
                || !isLongWithoutRecords(now)
                || now.waiting().orElse(0) > 0) {
            return Optional.empty();
        }
        return advice(
                Topic.NOTHING_READ,
                "",
                ("no record has come yet from %s: nothing was written since the job's group stopped"
                                + " reading, or the topic is empty; source.start=earliest reads it from its"
                                + " beginning")
                        .formatted(facts.topics()));
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
                ("nothing is read though %s wait: the brokers at kafka.bootstrap-servers do not"
                                + " answer, or a later operator or the sink is too slow (the log says"
                                + " more)")
                        .formatted(StatusText.number(now.waiting().getAsLong(), "record")));
    }

    private Optional<Advice> timeUnit(JobMetricsSnapshot now) {
        JobCount fits = most(JobCount.DOUBTFUL_TIMES, now::of);
        long doubtful = now.of(JobCount.DOUBTFUL_TIMES);
        boolean isMost = 10 * doubtful >= 9 * now.of(JobCount.RECORDS);
        if (now.of(fits) == 0 || (doubtful < ENOUGH && !isMost)) {
            return Optional.empty();
        }
        String unit = fits.cause();
        String seen = now.time(JobGauge.DOUBTFUL_EVENT_TIME).map(JobAdvisor::day).orElse("1970");
        String written =
                now.time(JobGauge.DOUBTFUL_RECORD_TIME)
                        .map(time -> " on " + day(time))
                        .orElse(" at another time");
        // Nearly all of them: the setting is wrong. A part: producers differ.
        if (!isMost) {
            return advice(
                    Topic.TIME_UNIT,
                    unit + " in part",
                    ("%s of %s have event times around %s, but were written%s: they seem to be in %s,"
                                    + " while source.time-unit is %s; let all producers write one unit")
                            .formatted(
                                    StatusText.number(doubtful),
                                    StatusText.number(now.of(JobCount.RECORDS), "record"),
                                    seen,
                                    written,
                                    unit,
                                    facts.timeUnit()));
        }
        return advice(
                Topic.TIME_UNIT,
                unit,
                "event times are around %s, but the records were written%s: set source.time-unit to %s (it is %s)"
                        .formatted(seen, written, unit, facts.timeUnit()));
    }

    private Optional<Advice> deadLetters(JobMetricsSnapshot now, JobMetricsSnapshot earlier) {
        long dead = now.since(earlier, JobCount.DEAD_LETTERS);
        long all = dead + now.since(earlier, JobCount.OBSERVATIONS);
        boolean none = now.of(JobCount.OBSERVATIONS) == 0 && now.of(JobCount.DEAD_LETTERS) > 0;
        if (!none && (dead < ENOUGH || 2 * dead < all)) {
            return Optional.empty();
        }
        JobCount reason =
                most(JobCount.DEAD_LETTERS, part -> none ? now.of(part) : now.since(earlier, part));
        String share =
                none
                        ? "none of the first %s could be decoded"
                                .formatted(
                                        StatusText.number(now.of(JobCount.DEAD_LETTERS), "record"))
                        : "%s of the last %s became dead letters"
                                .formatted(
                                        StatusText.number(dead), StatusText.number(all, "reading"));
        String where =
                facts.deadLetterTopic().isEmpty()
                        ? "they are lost, as sink.dead-letter-topic is empty"
                        : "the topic %s holds them with the details"
                                .formatted(facts.deadLetterTopic());
        return advice(
                Topic.DEAD_LETTERS,
                reason.name() + none,
                "%s; most of them because %s: %s; %s"
                        .formatted(share, reason.meaning(), reason.remedy(), where));
    }

    private Optional<Advice> onlyMissing(JobMetricsSnapshot now) {
        if (now.of(JobCount.MISSING_READINGS) == 0
                || now.of(JobCount.OBSERVATIONS) > 0
                || now.of(JobCount.DEAD_LETTERS) > 0) {
            return Optional.empty();
        }
        return advice(
                Topic.ONLY_MISSING,
                "",
                "all %s so far are null: set source.value-fields to the fields that hold values"
                        .formatted(StatusText.number(now.of(JobCount.MISSING_READINGS), "value")));
    }

    private Optional<Advice> noTick(JobMetricsSnapshot now) {
        if (!now.counts(JobCount.OBSERVATIONS)
                || !now.counts(JobCount.TICKS)
                || now.of(JobCount.OBSERVATIONS) == 0
                || now.of(JobCount.TICKS) > 0
                || withoutTicks < PATIENCE) {
            return Optional.empty();
        }
        if (now.watermark().isEmpty()) {
            return advice(
                    Topic.NO_WATERMARK,
                    "",
                    "readings come and no tick ends: a partition without readings is waited for, "
                            + (facts.idleness().isZero()
                                    ? "for ever as source.idleness is 0"
                                    : "for source.idleness (%s)"
                                            .formatted(StatusText.duration(facts.idleness()))));
        }
        Instant due = end(now.watermark().get()).plus(facts.outOfOrderness());
        return advice(
                Topic.NO_TICK,
                "",
                ("no tick has ended yet: a tick is %s long, and the first forecasts are due at %s"
                                + " of the readings' time, source.out-of-orderness (%s) after its end")
                        .formatted(
                                StatusText.duration(facts.tickLength()),
                                due.truncatedTo(ChronoUnit.SECONDS),
                                StatusText.duration(facts.outOfOrderness())));
    }

    /** The end of the tick that a time lies in. */
    private Instant end(Instant time) {
        long tick = facts.tickLength().toMillis();
        return Instant.ofEpochMilli((Math.floorDiv(time.toEpochMilli(), tick) + 1) * tick);
    }

    private Optional<Advice> past(JobMetricsSnapshot now) {
        long past = now.of(JobCount.TICKS_NOT_FORECAST);
        // From the earliest on, what is not forecast is what an earlier start has forecast.
        if (past == 0
                || facts.forecastFrom().equals("earliest")
                || now.of(JobCount.FORECASTS) > 0
                || withoutForecasts < PATIENCE
                || isBehind(now)) {
            // While it is behind it is as it should be.
            return Optional.empty();
        }
        boolean old =
                now.behindClock()
                        .map(by -> by.compareTo(facts.tickLength().multipliedBy(2)) > 0)
                        .orElse(false);
        String then =
                old && now.isCaughtUp()
                        ? "; all of the topic is read, and its newest readings are of %s: no forecast"
                                        .formatted(time(now.watermark().get(), now.at()))
                                + " comes until there are newer ones"
                        : "";
        return advice(
                Topic.PAST,
                then.isEmpty() ? "" : "old",
                ("%s ended before the job started: they fill the contexts and are not forecast"
                                + " (forecast.from is %s)%s; set forecast.from to earliest to forecast them"
                                + " too")
                        .formatted(StatusText.number(past, "tick"), facts.forecastFrom(), then));
    }

    /**
     * Whether there is more to read. A subtask that does not read guesses it by the ticks: as long
     * as they come there is more, but no past takes for ever.
     */
    private boolean isBehind(JobMetricsSnapshot now) {
        return now.waiting().isPresent()
                ? now.waiting().getAsLong() > 0
                : withoutTicks < PATIENCE && withoutForecasts < LONG_PATIENCE;
    }

    private Optional<Advice> late(JobMetricsSnapshot now, JobMetricsSnapshot earlier) {
        long lost = now.since(earlier, JobCount.LATE_TOO_OLD);
        long ticks = now.since(earlier, JobCount.TICKS);
        if (lost < ENOUGH || lost < ticks) {
            return Optional.empty();
        }
        String where =
                facts.lateTopic().isEmpty()
                        ? "they are lost, as sink.late-topic is empty"
                        : "the topic %s holds them".formatted(facts.lateTopic());
        return advice(
                Topic.LATE,
                "",
                ("%s are older than the contexts of their series reach back to: they were sent twice"
                                + " or very late, or the clock of a device was ahead (source.max-ahead"
                                + " bounds it); %s")
                        .formatted(StatusText.number(lost, "reading"), where));
    }

    private Optional<Advice> refused(JobMetricsSnapshot now) {
        long refused = now.of(JobCount.MAX_SERIES);
        if (refused == 0) {
            return Optional.empty();
        }
        return advice(
                Topic.REFUSED,
                "",
                "%s of new series were refused, as forecast.max-series (%s) have state: %s"
                        .formatted(
                                StatusText.number(refused, "reading"),
                                StatusText.number(facts.maxSeries()),
                                JobCount.MAX_SERIES.remedy()));
    }

    private Optional<Advice> fallback(JobMetricsSnapshot now) {
        long fallback = now.of(JobCount.FALLBACK_FORECASTS);
        if (fallback < ENOUGH || 10 * fallback < now.of(JobCount.FORECASTS)) {
            return Optional.empty();
        }
        return advice(
                Topic.FALLBACK,
                "",
                "%s of quality FALLBACK: the model of model.path gives no finite answer to them; train it on readings of this size, or take another"
                        .formatted(StatusText.number(fallback, "forecast")));
    }

    private static Optional<Advice> advice(Topic topic, String subject, String text) {
        return Optional.of(new Advice(topic, subject, text));
    }

    /** The part of a number that was counted most often. */
    private static JobCount most(JobCount whole, ToLongFunction<JobCount> numbers) {
        List<JobCount> parts = whole.parts();
        JobCount most = parts.get(0);
        for (JobCount part : parts) {
            if (numbers.applyAsLong(part) > numbers.applyAsLong(most)) {
                most = part;
            }
        }
        return most;
    }

    /** A time of these days to the minute, and any other by its day. */
    private static String time(Instant time, Instant now) {
        return Duration.between(time, now).abs().toDays() < 2
                ? time.truncatedTo(ChronoUnit.MINUTES).toString()
                : day(time);
    }

    private static String day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}
