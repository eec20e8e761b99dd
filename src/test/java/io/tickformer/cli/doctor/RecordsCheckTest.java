package io.tickformer.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Observation;
import io.tickformer.kafka.deadletter.DeadLetter;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.kafka.decode.Decoded;
import io.tickformer.kafka.decode.EpochUnit;
import io.tickformer.kafka.source.SampledRecord;
import io.tickformer.kafka.topic.NewestRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the doctor says of a sample of records, without a broker. */
final class RecordsCheckTest {
    private static final long MINUTE = 60_000;
    private static final long NOW = Examined.NOW.toEpochMilli();
    private static final String TICK = "--tick.length=1min";

    private final List<SampledRecord> records = new ArrayList<>();

    private void add(String series, long time) {
        records.add(
                record(
                        List.of(new Decoded.Observed(new Observation(series, time, 1), NOW)),
                        Optional.empty()));
    }

    private static SampledRecord record(List<Decoded> decoded, Optional<EpochUnit> fitting) {
        return new SampledRecord("readings", 0, NOW, decoded, 0, fitting);
    }

    private void reject(DeadLetterReason reason, String detail) {
        Decoded bad =
                new Decoded.Rejected(
                        new DeadLetter(
                                reason,
                                detail,
                                "readings",
                                0,
                                0,
                                NOW,
                                "CreateTime",
                                null,
                                null,
                                List.of()));
        records.add(record(List.of(bad), Optional.empty()));
    }

    /** Two series with a reading a minute each, up to now. */
    private void regular(int minutes) {
        for (int minute = minutes; minute > 0; minute--) {
            add("a", NOW - minute * MINUTE);
            add("b", NOW - minute * MINUTE + 1000);
        }
    }

    private List<Finding> found(String... settings) {
        Examination examination = Examined.of(settings);
        Findings findings = new Findings(text -> text);
        try (RecordSample sample =
                new RecordSample(
                        examination.tickLength().map(Duration::toMillis).orElse(1L),
                        Duration.ofSeconds(10))) {
            records.forEach(sample);
            new RecordsCheck()
                    .judge(
                            examination,
                            sample,
                            new NewestRecords.Extent(records.size(), records.size(), 1, 0, true),
                            findings);
        }
        return findings.all();
    }

    @Test
    void regularReadingsAreFine() {
        regular(100);

        List<Finding> found = found(TICK);

        assertThat(found).extracting(Finding::status).containsOnly(Status.OK);
        assertThat(found)
                .extracting(Finding::seen)
                .containsExactly(
                        "the newest 200 of about 200 records in 1 partition decode to 200 readings",
                        "200 readings have 2 series keys, such as a, b",
                        "from 2026-05-04T10:20:00Z to 2026-05-04T11:59:01Z; the newest reading is 59 s"
                                + " old",
                        "a series has a reading every 1 min, and a tick is 1 min",
                        "0 of 200 readings (0.0 %) are late");
    }

    @Test
    void anEmptyTopicIsAWarningAndNothingElseIsJudged() {
        List<Finding> found = found(TICK);

        assertThat(found.get(0))
                .returns(Status.WARNING, Finding::status)
                .returns("the input topics are empty", Finding::seen);
        assertThat(found.subList(1, 5)).extracting(Finding::status).containsOnly(Status.SKIPPED);
    }

    @Test
    void eachCauseOfDeadLettersIsAFindingWithAnExampleAndASetting() {
        regular(20);
        for (int i = 0; i < 5; i++) {
            reject(DeadLetterReason.NO_KEY, "there is no field serie");
        }
        reject(DeadLetterReason.NOT_FINITE, "value is NaN");

        List<Finding> found = found(TICK);

        assertThat(found.get(0))
                .returns(Status.WARNING, Finding::status)
                .returns(
                        "5 of 46 records: there is no series key; for example: there is no field serie",
                        Finding::seen)
                .extracting(Finding::advice)
                .asString()
                .startsWith("set source.key-field");
        assertThat(found.get(1).seen()).startsWith("1 of 46 records: a value is NaN");
        assertThat(found).hasSize(6);
    }

    @Test
    void aTopicOfWhichNothingCanBeDecodedIsAProblem() {
        reject(DeadLetterReason.UNDECODABLE, "the value is not JSON");

        List<Finding> found = found(TICK);

        assertThat(found.get(0))
                .returns(Status.PROBLEM, Finding::status)
                .returns("check source.format", Finding::advice);
        assertThat(found).hasSize(5);
    }

    @Test
    void recordsOfNothingButNullsAreAProblem() {
        records.add(record(List.of(), Optional.empty()));

        assertThat(found(TICK).get(0))
                .returns(Status.PROBLEM, Finding::status)
                .extracting(Finding::advice)
                .asString()
                .contains("source.value-fields");
    }

    @Test
    void aKeyOfItsOwnForEachReadingIsAWarning() {
        for (int i = 0; i < 100; i++) {
            add("message-" + i, NOW - 100 + i);
        }

        assertThat(Examined.only(found(TICK), Subject.SERIES))
                .returns(Status.WARNING, Finding::status)
                .extracting(Finding::advice)
                .asString()
                .contains("source.key-field");
    }

    @Test
    void eventTimesInAnotherUnitAreAProblemThatNamesIt() {
        for (int i = 0; i < 100; i++) {
            Decoded one = new Decoded.Observed(new Observation("a", NOW / 1000 + i, 1), NOW);
            records.add(record(List.of(one), Optional.of(EpochUnit.SECONDS)));
        }

        List<Finding> found = found(TICK);

        assertThat(Examined.only(found, Subject.EVENT_TIMES))
                .returns(Status.PROBLEM, Finding::status)
                .returns("set source.time-unit to seconds (it is millis)", Finding::advice);
        assertThat(Examined.only(found, Subject.TICKS).status()).isEqualTo(Status.SKIPPED);
    }

    @Test
    void oldReadingsAreAWarningUnlessThePastIsForecast() {
        for (int i = 0; i < 100; i++) {
            add("a", NOW - Duration.ofDays(30).toMillis() + i * MINUTE);
        }

        assertThat(Examined.only(found(TICK), Subject.EVENT_TIMES))
                .returns(Status.WARNING, Finding::status)
                .extracting(Finding::advice)
                .asString()
                .contains("forecast.from to earliest");
        assertThat(
                        Examined.only(found(TICK, "--forecast.from=earliest"), Subject.EVENT_TIMES)
                                .status())
                .isEqualTo(Status.OK);
    }

    @Test
    void readingsThatAreSparserThanTicksAreAWarningAndDenserOnesAreNot() {
        regular(100);

        assertThat(Examined.only(found("--tick.length=1s"), Subject.TICKS))
                .returns(Status.WARNING, Finding::status)
                .extracting(Finding::advice)
                .asString()
                .contains("model.tick", "1 min");
        assertThat(Examined.only(found("--tick.length=1h"), Subject.TICKS).status())
                .isEqualTo(Status.OK);
        assertThat(Examined.only(found(), Subject.TICKS).seen())
                .contains("every 1 min; no tick length is known");
    }

    @Test
    void readingsThatComeAfterTheirTickAreLateByTheTimeOfTheirOwnSeriesOnly() {
        regular(100);
        // A series that was written after the others, in order: none of it is late.
        for (int minute = 100; minute > 0; minute--) {
            add("c", NOW - minute * MINUTE);
        }
        assertThat(Examined.only(found(TICK), Subject.LATE_READINGS).status()).isEqualTo(Status.OK);

        // Five minutes behind the newest reading of the series.
        for (int i = 0; i < 20; i++) {
            add("c", NOW - 6 * MINUTE);
        }
        Finding late = Examined.only(found(TICK), Subject.LATE_READINGS);
        assertThat(late.status()).isEqualTo(Status.WARNING);
        assertThat(late.seen()).startsWith("20 of 320 readings (6.3 %) are late");
        // The newest reading is four minutes after the end of their tick.
        assertThat(late.advice()).startsWith("set source.out-of-orderness to 4 min 1 s");
    }
}
