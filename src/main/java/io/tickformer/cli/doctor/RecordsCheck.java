package io.tickformer.cli.doctor;

import io.tickformer.console.SpecTable;
import io.tickformer.job.SourceOptions;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.kafka.topic.NewestRecords;
import io.tickformer.monitoring.ReadableNumbers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Reads the newest records of the input topics as the job does, and looks at what they hold. */
final class RecordsCheck implements Check {
    /** With fewer readings, a share says nothing. */
    private static final int ENOUGH = 50;

    private static final int SHOWN_KEYS = 3;
    private static final double NEARLY_ALL = 0.9;
    private static final double MOST_LATE = 0.01;
    private static final double SPARSER = 1.5;
    private static final Duration OLD = Duration.ofHours(1);

    @Override
    public List<Subject> subjects() {
        return List.of(
                Subject.RECORDS,
                Subject.SERIES,
                Subject.EVENT_TIMES,
                Subject.TICKS,
                Subject.LATE_READINGS);
    }

    @Override
    public void run(Examination examination, Findings findings) {
        if (!examination.inputsExist()) {
            skip(subjects(), "there is no input topic that can be read", findings);
            return;
        }
        if (examination.readsAvro() && !examination.registryAnswers()) {
            skip(subjects(), "source.format is avro, and there is no registry", findings);
            return;
        }
        Duration tick = examination.tickLength().orElse(null);
        try (RecordSample sample =
                new RecordSample(
                        tick == null ? 1 : tick.toMillis(),
                        examination.settings().get(SourceOptions.OUT_OF_ORDERNESS))) {
            NewestRecords.Extent extent =
                    examination
                            .trial()
                            .sample(
                                    examination.records(),
                                    examination.timeout().multipliedBy(2),
                                    tick,
                                    sample);
            judge(examination, sample, extent, findings);
        } catch (IOException e) {
            findings.problem(
                    Subject.RECORDS,
                    e.getMessage(),
                    "check that this machine reaches every broker, and the registry");
            skip(subjects().subList(1, subjects().size()), "no record was read", findings);
        }
    }

    private static void skip(List<Subject> subjects, String why, Findings findings) {
        subjects.forEach(subject -> findings.skipped(subject, why));
    }

    /** Adds the findings about a sample. */
    void judge(
            Examination examination,
            RecordSample sample,
            NewestRecords.Extent extent,
            Findings findings) {
        records(sample, extent, findings);
        if (sample.observations() == 0) {
            if (sample.doubtful() > 0) {
                eventTimes(examination, sample, findings);
            }
            for (Subject subject : subjects()) {
                if (!findings.has(subject)) {
                    findings.skipped(subject, "no reading was decoded");
                }
            }
            return;
        }
        series(sample, findings);
        eventTimes(examination, sample, findings);
        if (2 * sample.doubtful() > sample.records()) {
            skip(
                    List.of(Subject.TICKS, Subject.LATE_READINGS),
                    "the event times are in another unit",
                    findings);
            return;
        }
        ticks(examination, sample, findings);
        late(sample, findings);
    }

    private static void records(
            RecordSample sample, NewestRecords.Extent extent, Findings findings) {
        if (sample.records() == 0) {
            findings.warning(
                    Subject.RECORDS,
                    extent.isComplete()
                            ? "the input topics are empty"
                            : "no record arrived in time, of about "
                                    + ReadableNumbers.number(extent.stored()),
                    extent.isComplete()
                            ? "start what writes the readings; the job waits for them"
                            : "check that this machine reaches every broker, or raise --timeout");
            return;
        }
        for (Map.Entry<DeadLetterReason, Long> cause : sample.rejected().entrySet()) {
            String seen =
                    "%s of %s: %s; for example: %s"
                            .formatted(
                                    ReadableNumbers.number(cause.getValue()),
                                    ReadableNumbers.number(sample.records(), "record"),
                                    cause.getKey().count().meaning(),
                                    sample.example(cause.getKey()));
            String advice = cause.getKey().count().remedy();
            if (2 * sample.bad() >= sample.records()) {
                findings.problem(Subject.RECORDS, seen, advice);
            } else {
                findings.warning(Subject.RECORDS, seen, advice);
            }
        }
        if (sample.observations() == 0 && sample.bad() == 0) {
            findings.problem(
                    Subject.RECORDS,
                    "all values of %s are null"
                            .formatted(ReadableNumbers.number(sample.records(), "record")),
                    "set source.value-fields to the fields with the values");
        }
        if (!findings.has(Subject.RECORDS)) {
            findings.ok(Subject.RECORDS, decoded(sample, extent));
        }
    }

    private static String decoded(RecordSample sample, NewestRecords.Extent extent) {
        return "the newest %s of about %s in %s decode to %s%s%s"
                .formatted(
                        ReadableNumbers.number(sample.records()),
                        ReadableNumbers.number(extent.stored(), "record"),
                        ReadableNumbers.number(extent.partitions(), "partition"),
                        ReadableNumbers.number(sample.observations(), "reading"),
                        sample.missing() == 0
                                ? ""
                                : ", and %s are null"
                                        .formatted(
                                                ReadableNumbers.number(sample.missing(), "value")),
                        extent.emptyPartitions() == 0
                                ? ""
                                : "; %s without a record"
                                        .formatted(
                                                ReadableNumbers.number(
                                                        extent.emptyPartitions(), "partition")));
    }

    private static void series(RecordSample sample, Findings findings) {
        String some = sample.series().stream().limit(SHOWN_KEYS).collect(Collectors.joining(", "));
        String seen =
                "%s have %s, such as %s"
                        .formatted(
                                ReadableNumbers.number(sample.observations(), "reading"),
                                sample.series().size() == 1
                                        ? "1 series key"
                                        : ReadableNumbers.number(sample.series().size())
                                                + " series keys",
                                some);
        if (sample.observations() >= ENOUGH
                && sample.series().size() > NEARLY_ALL * sample.observations()) {
            findings.warning(
                    Subject.SERIES,
                    seen,
                    "check that source.key-field names what is measured and not the single record;"
                            + " if there are so many series, raise --records");
        } else {
            findings.ok(Subject.SERIES, seen);
        }
    }

    private static void eventTimes(
            Examination examination, RecordSample sample, Findings findings) {
        if (sample.doubtful() > 0) {
            String fitting = sample.fittingUnit().orElseThrow().name().toLowerCase(Locale.ROOT);
            String unit =
                    examination
                            .settings()
                            .get(SourceOptions.TIME_UNIT)
                            .name()
                            .toLowerCase(Locale.ROOT);
            boolean isMost = 2 * sample.doubtful() > sample.records();
            String seen =
                    "%s of %s have event times that are years away from the time they were written, and would be near it in %s"
                            .formatted(
                                    ReadableNumbers.number(sample.doubtful()),
                                    ReadableNumbers.number(sample.records(), "record"),
                                    fitting);
            if (isMost) {
                findings.problem(
                        Subject.EVENT_TIMES,
                        seen,
                        "set source.time-unit to %s (it is %s)".formatted(fitting, unit));
            } else {
                findings.warning(Subject.EVENT_TIMES, seen, "use the same unit in all producers");
            }
            return;
        }
        Duration age =
                Duration.between(
                        Instant.ofEpochMilli(sample.newest()), examination.clock().instant());
        Duration old =
                examination
                        .tickLength()
                        .map(tick -> tick.multipliedBy(2))
                        .filter(ticks -> ticks.compareTo(OLD) > 0)
                        .orElse(OLD);
        String seen =
                "from %s to %s"
                        .formatted(
                                Instant.ofEpochMilli(sample.first()),
                                Instant.ofEpochMilli(sample.newest()));
        if (age.compareTo(old) > 0 && !examination.trial().forecastsThePast()) {
            findings.warning(
                    Subject.EVENT_TIMES,
                    "%s; the newest reading is %s old, and the job forecasts only ticks that end after its start"
                            .formatted(seen, ReadableNumbers.duration(age)),
                    "check what writes the readings; to forecast the past too, set forecast.from to"
                            + " earliest");
        } else {
            findings.ok(
                    Subject.EVENT_TIMES,
                    age.isNegative()
                            ? seen
                            : "%s; the newest reading is %s old"
                                    .formatted(seen, ReadableNumbers.duration(age)));
        }
    }

    private static void ticks(Examination examination, RecordSample sample, Findings findings) {
        OptionalLong step = sample.step();
        if (step.isEmpty()) {
            findings.skipped(
                    Subject.TICKS,
                    "no series has two readings of different times in the sample; raise --records");
            return;
        }
        String found = SpecTable.time(step.getAsLong());
        if (examination.tickLength().isEmpty()) {
            findings.ok(
                    Subject.TICKS,
                    "a series has a reading every %s; no tick length is known without a model"
                            .formatted(found));
            return;
        }
        long tick = examination.tickLength().get().toMillis();
        String seen =
                "a series has a reading every %s, and a tick is %s"
                        .formatted(found, SpecTable.time(tick));
        if (step.getAsLong() > SPARSER * tick) {
            findings.warning(
                    Subject.TICKS,
                    seen + ": most ticks have no reading",
                    "use a model of ticks of %s, or set model.tick to that for a model without calendar features, such as models/universal.onnx"
                            .formatted(found));
        } else {
            findings.ok(Subject.TICKS, seen);
        }
    }

    private static void late(RecordSample sample, Findings findings) {
        double share = (double) sample.late() / sample.observations();
        String seen =
                String.format(
                        Locale.ROOT,
                        "%s of %s (%.1f %%) are late",
                        ReadableNumbers.number(sample.late()),
                        ReadableNumbers.number(sample.observations(), "reading"),
                        100 * share);
        if (share > MOST_LATE && sample.late() > 1) {
            findings.warning(
                    Subject.LATE_READINGS,
                    seen + ": their ticks are forecast without them",
                    "set source.out-of-orderness to %s, and forecasts wait as long; or send readings in order"
                            .formatted(SpecTable.time(roundedUp(sample.neededOutOfOrderness()))));
        } else {
            findings.ok(Subject.LATE_READINGS, seen);
        }
    }

    /** Rounds up to a whole second if it is more than one. */
    private static long roundedUp(long millis) {
        long second = Duration.ofSeconds(1).toMillis();
        return millis <= second ? millis : (millis + second - 1) / second * second;
    }
}
