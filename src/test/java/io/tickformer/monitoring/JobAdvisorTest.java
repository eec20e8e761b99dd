package io.tickformer.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class JobAdvisorTest {
    private final JobAdvisor advisor = new JobAdvisor(Readings.FACTS);

    /** All advice on the same numbers, read so many times. */
    private List<String> on(Readings readings, int times) {
        List<String> advice = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            advice.addAll(advisor.on(readings.read()));
        }
        return advice;
    }

    @Test
    void aJobThatIsWellGetsNoAdvice() {
        Readings readings = Readings.ofAJob().waiting(0).watermark(Readings.NOON);
        for (int i = 1; i <= 20; i++) {
            readings.with(JobCounter.RECORDS, 1_000L * i)
                    .with(JobCounter.OBSERVATIONS, 1_000L * i)
                    .with(JobCounter.TICKS, 100L * i)
                    .with(JobCounter.FORECASTS, 90L * i)
                    .with(JobCounter.TICKS_NOT_FORECAST, 10)
                    .with(JobCounter.NO_VALUE, i)
                    .with(JobCounter.LATE_TOO_OLD, i);
            assertThat(advisor.on(readings.read())).isEmpty();
        }
    }

    @Test
    void timesInAnotherUnitAreSaidOnceWithTheUnitThatFits() {
        Readings readings =
                Readings.ofAJob()
                        .with(JobCounter.RECORDS, 3_049)
                        .with(JobCounter.OBSERVATIONS, 3_049)
                        .with(JobCounter.TICKS, 6)
                        .with(JobCounter.TICKS_NOT_FORECAST, 6)
                        .with(JobCounter.FIT_SECONDS, 3_049)
                        .with(JobGauge.DOUBTFUL_EVENT_TIME, 1_795_000_000L)
                        .with(JobGauge.DOUBTFUL_RECORD_TIME, Readings.NOON.toEpochMilli())
                        .waiting(0);
        assertThat(on(readings, 10))
                .containsExactly(
                        "event times are around 1970-01-21, but the records were written on"
                                + " 2026-11-29: set source.time-unit to seconds (it is millis)");
    }

    @Test
    void timesOfWhichAPartIsInAnotherUnitAreBlamedOnTheirProducers() {
        Readings readings =
                Readings.ofAJob()
                        .with(JobCounter.RECORDS, 3_000)
                        .with(JobCounter.OBSERVATIONS, 3_000)
                        .with(JobCounter.TICKS, 6)
                        .with(JobCounter.FORECASTS, 6)
                        .with(JobCounter.FIT_SECONDS, 1_000)
                        .with(JobGauge.DOUBTFUL_EVENT_TIME, 1_795_000_000L)
                        .with(JobGauge.DOUBTFUL_RECORD_TIME, Readings.NOON.toEpochMilli());
        assertThat(on(readings, 2))
                .containsExactly(
                        "1,000 of 3,000 records have event times around 1970-01-21, but were"
                                + " written on 2026-11-29: they seem to be in seconds, but"
                                + " source.time-unit is millis; use the same unit in all"
                                + " producers");
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "UNDECODABLE",
                "UNKNOWN_SCHEMA",
                "NO_KEY",
                "KEY_TOO_LONG",
                "NO_TIME",
                "IMPOSSIBLE_TIME",
                "TOO_FAR_AHEAD",
                "NO_VALUE",
                "NOT_NUMERIC",
                "NOT_FINITE",
                "OUT_OF_RANGE"
            })
    void nothingDecodedIsSaidWithItsMainReasonAndWhatToDo(JobCounter reason) {
        Readings readings =
                Readings.ofAJob().with(JobCounter.RECORDS, 40).with(reason, 40).waiting(0);
        assertThat(on(readings, 5))
                .containsExactly(
                        ("none of the first 40 records could be decoded, most of them because %s:"
                                        + " %s; the topic dead-letters has them with details")
                                .formatted(reason.meaning(), reason.remedy()));
        assertThat(reason.remedy()).isNotBlank();
    }

    @Test
    void deadLettersThatBecomeManyAreSaidAndAgainIfTheirReasonChanges() {
        Readings readings =
                Readings.ofAJob()
                        .with(JobCounter.RECORDS, 1_000)
                        .with(JobCounter.OBSERVATIONS, 1_000)
                        .with(JobCounter.TICKS, 9)
                        .with(JobCounter.FORECASTS, 9);
        assertThat(on(readings, 1)).isEmpty();
        readings.with(JobCounter.RECORDS, 1_100).with(JobCounter.NO_VALUE, 100);
        assertThat(on(readings, 1))
                .containsExactly(
                        "100 of the last 100 records became dead letters, most of them because all"
                                + " value fields are absent: set source.value-fields to the fields"
                                + " with the values; the topic dead-letters has them with details");
        readings.with(JobCounter.RECORDS, 1_200).with(JobCounter.NO_VALUE, 200);
        assertThat(on(readings, 1)).isEmpty();
        readings.with(JobCounter.RECORDS, 1_700).with(JobCounter.NO_KEY, 500);
        assertThat(on(readings, 1)).singleElement().asString().contains("source.key-field");
    }

    @Test
    void deadLettersAreBlamedOnWhatIsRecentAndNotOnWhatIsLongPast() {
        Readings readings =
                Readings.ofAJob()
                        .with(JobCounter.RECORDS, 9_000)
                        .with(JobCounter.OBSERVATIONS, 8_000)
                        .with(JobCounter.TICKS, 9)
                        .with(JobCounter.FORECASTS, 9)
                        .with(JobCounter.NO_VALUE, 1_000);
        assertThat(on(readings, 2)).isEmpty();
        readings.with(JobCounter.RECORDS, 9_050).with(JobCounter.NO_KEY, 50);
        assertThat(on(readings, 1)).singleElement().asString().contains("source.key-field");
    }

    @Test
    void aFewTimesThatFitInAnotherUnitAreASlipOfTheirRecords() {
        Readings readings =
                Readings.ofAJob()
                        .with(JobCounter.RECORDS, 3_000)
                        .with(JobCounter.OBSERVATIONS, 3_000)
                        .with(JobCounter.TICKS, 6)
                        .with(JobCounter.FORECASTS, 6)
                        .with(JobCounter.FIT_SECONDS, 9);
        assertThat(on(readings, 3)).isEmpty();
        readings.with(JobCounter.FIT_SECONDS, 10);
        assertThat(on(readings, 1)).singleElement().asString().contains("use the same unit");
    }

    @Test
    void deadLettersWithoutATopicAreLost() {
        MonitoringSettings facts =
                new MonitoringSettings(
                        "readings",
                        "millis",
                        Duration.ofSeconds(10),
                        Duration.ZERO,
                        Duration.ofHours(1),
                        "start",
                        0,
                        "",
                        "",
                        Duration.ZERO,
                        List.of());
        JobMetricsSnapshot reading = Readings.ofAJob().with(JobCounter.NO_KEY, 1).read();
        assertThat(new JobAdvisor(facts).on(reading))
                .singleElement()
                .asString()
                .endsWith("they are lost, because sink.dead-letter-topic is empty");
    }

    @Test
    void valuesThatAreAllNullAreSaid() {
        Readings readings =
                Readings.ofAJob()
                        .with(JobCounter.RECORDS, 12)
                        .with(JobCounter.MISSING_READINGS, 12)
                        .waiting(0);
        assertThat(on(readings, 5))
                .containsExactly(
                        "all 12 values so far are null: set source.value-fields to the fields with"
                                + " the values");
    }

    @Test
    void aTopicWithoutRecordsIsSaidAfterAWhile() {
        assertThat(on(Readings.ofAJob(), 2)).isEmpty();
        assertThat(on(Readings.ofAJob(), 8))
                .containsExactly(
                        "no record has been read yet from readings: the topic is empty, or has no"
                                + " new records since the job's group stopped reading;"
                                + " source.start=earliest reads it from the beginning");
    }

    @Test
    void recordsThatWaitAndAreNotReadAreSaid() {
        assertThat(on(Readings.ofAJob().waiting(500), 10))
                .containsExactly(
                        "nothing is read, but 500 records are waiting: the brokers at"
                                + " kafka.bootstrap-servers do not answer, or a later operator or"
                                + " the sink is too slow (the log says more)");
    }

    @Test
    void aFirstTickThatLastsIsSaidWithTheTimeTheForecastIsDue() {
        Readings readings =
                Readings.ofAJob()
                        .with(JobCounter.RECORDS, 5)
                        .with(JobCounter.OBSERVATIONS, 5)
                        .waiting(0)
                        .watermark(Instant.parse("2026-11-29T12:20:00Z"));
        assertThat(on(readings, 8))
                .containsExactly(
                        "no tick has ended yet: a tick is 1 h long, and the first forecasts are due"
                                + " at event time 2026-11-29T13:00:10Z, source.out-of-orderness (10"
                                + " s) after the end of the tick");
    }

    @Test
    void aPartitionThatIsWaitedForIsSaid() {
        Readings readings =
                Readings.ofAJob().with(JobCounter.RECORDS, 5).with(JobCounter.OBSERVATIONS, 5);
        assertThat(on(readings, 8))
                .containsExactly(
                        "readings arrive, but no tick ends: the job waits for a partition without"
                                + " readings, for source.idleness (1 min)");
    }

    @Test
    void ticksOfThePastAreSaidOnceAllIsRead() {
        Readings readings =
                Readings.ofAJob()
                        .with(JobCounter.RECORDS, 9_000)
                        .with(JobCounter.OBSERVATIONS, 9_000)
                        .with(JobCounter.TICKS, 3_049)
                        .with(JobCounter.TICKS_NOT_FORECAST, 3_049)
                        .waiting(0)
                        .watermark(Readings.NOON);
        assertThat(on(readings, 8))
                .containsExactly(
                        "3,049 ticks ended before the job started: they fill the contexts and are"
                                + " not forecast (forecast.from is start); set forecast.from to"
                                + " earliest to forecast them too");
    }

    @Test
    void ticksOfThePastAreNotSpokenOfWhileTheJobIsBehind() {
        Readings readings = Readings.ofAJob().watermark(Readings.NOON).waiting(5_000);
        for (int i = 1; i <= 20; i++) {
            readings.with(JobCounter.RECORDS, 1_000L * i)
                    .with(JobCounter.OBSERVATIONS, 1_000L * i)
                    .with(JobCounter.TICKS, 100L * i)
                    .with(JobCounter.TICKS_NOT_FORECAST, 100L * i);
            assertThat(advisor.on(readings.read())).isEmpty();
        }
    }

    @Test
    void ticksThatAnEarlierStartHasForecastAreNoPast() {
        MonitoringSettings facts =
                new MonitoringSettings(
                        "readings",
                        "millis",
                        Duration.ofSeconds(10),
                        Duration.ZERO,
                        Duration.ofHours(1),
                        "earliest",
                        0,
                        "",
                        "",
                        Duration.ZERO,
                        List.of());
        Readings readings =
                Readings.ofAJob()
                        .with(JobCounter.RECORDS, 9_000)
                        .with(JobCounter.OBSERVATIONS, 9_000)
                        .with(JobCounter.TICKS, 3_049)
                        .with(JobCounter.TICKS_NOT_FORECAST, 3_049)
                        .waiting(0)
                        .watermark(Readings.NOON);
        JobAdvisor fromEarliest = new JobAdvisor(facts);
        for (int i = 0; i < 8; i++) {
            assertThat(fromEarliest.on(readings.read())).isEmpty();
        }
    }

    /** It does not know how many records wait, and goes by whether ticks still come. */
    @Test
    void aSubtaskOfAClusterSpeaksOfThePastOnceNoTickOfItComesAnyMore() {
        Readings readings = Readings.ofASubtask().watermark(Readings.NOON);
        for (int i = 1; i <= 9; i++) {
            readings.with(JobCounter.TICKS, 100L * i).with(JobCounter.TICKS_NOT_FORECAST, 100L * i);
            assertThat(advisor.on(readings.read())).isEmpty();
        }
        assertThat(on(readings, 4)).singleElement().asString().contains("forecast.from");
    }

    @Test
    void aSubtaskOfAClusterSpeaksOfAPastThatDoesNotEndToo() {
        Readings readings = Readings.ofASubtask().watermark(Readings.NOON);
        List<String> advice = new ArrayList<>();
        for (int i = 1; i <= 30; i++) {
            readings.with(JobCounter.TICKS, 100L * i).with(JobCounter.TICKS_NOT_FORECAST, 100L * i);
            advice.addAll(advisor.on(readings.read()));
        }
        assertThat(advice).singleElement().asString().contains("forecast.from");
    }

    @Test
    void aTopicWhoseReadingsAreOfThisMorningIsSaidWithTheirTime() {
        Readings readings =
                Readings.ofAJob()
                        .with(JobCounter.RECORDS, 9)
                        .with(JobCounter.OBSERVATIONS, 9)
                        .with(JobCounter.TICKS, 9)
                        .with(JobCounter.TICKS_NOT_FORECAST, 9)
                        .waiting(0)
                        .watermark(Instant.parse("2026-11-29T08:30:20Z"));
        assertThat(on(readings, 8))
                .singleElement()
                .asString()
                .contains(
                        "the newest readings are from 2026-11-29T08:30:00Z: there is no forecast");
    }

    @Test
    void aTopicWhoseReadingsAreAllOldIsSaidWithTheirDay() {
        Readings readings =
                Readings.ofAJob()
                        .with(JobCounter.RECORDS, 9_000)
                        .with(JobCounter.OBSERVATIONS, 9_000)
                        .with(JobCounter.TICKS, 1)
                        .with(JobCounter.TICKS_NOT_FORECAST, 1)
                        .waiting(0)
                        .watermark(Instant.parse("2016-07-01T12:00:00Z"));
        assertThat(on(readings, 8))
                .containsExactly(
                        "1 tick ended before the job started: they fill the contexts and are not"
                                + " forecast (forecast.from is start); all records are read, and"
                                + " the newest readings are from 2016-07-01: there is no forecast"
                                + " until newer readings arrive; set forecast.from to earliest to"
                                + " forecast them too");
    }

    @Test
    void readingsThatAreNearlyAllTooOldAreSaid() {
        Readings readings =
                Readings.ofAJob()
                        .with(JobCounter.RECORDS, 300)
                        .with(JobCounter.OBSERVATIONS, 300)
                        .with(JobCounter.TICKS, 10)
                        .with(JobCounter.FORECASTS, 10)
                        .with(JobCounter.LATE_TOO_OLD, 235);
        assertThat(on(readings, 2))
                .containsExactly(
                        "235 readings are older than the contexts of their series: they were sent"
                                + " twice or very late, or the clock of a device was ahead"
                                + " (source.max-ahead limits this); the topic late has them");
    }

    @Test
    void seriesThatFindNoRoomAreSaid() {
        Readings readings =
                Readings.ofAJob()
                        .with(JobCounter.RECORDS, 300)
                        .with(JobCounter.OBSERVATIONS, 300)
                        .with(JobCounter.TICKS, 10)
                        .with(JobCounter.FORECASTS, 10)
                        .with(JobCounter.MAX_SERIES, 1);
        assertThat(on(readings, 3))
                .containsExactly(
                        "1 reading of new series were refused, because forecast.max-series (1,000)"
                                + " series have state: raise forecast.max-series, or check whether"
                                + " the series key changes with each record");
    }

    @Test
    void manyForecastsWithoutTheModelAreSaid() {
        Readings readings =
                Readings.ofAJob()
                        .with(JobCounter.RECORDS, 300)
                        .with(JobCounter.OBSERVATIONS, 300)
                        .with(JobCounter.TICKS, 100)
                        .with(JobCounter.FORECASTS, 100)
                        .with(JobCounter.FALLBACK_FORECASTS, 40);
        assertThat(on(readings, 3))
                .containsExactly(
                        "40 forecasts of quality FALLBACK: the model in model.path gives no finite"
                                + " forecast for them, or naive and seasonal naive have been better"
                                + " on their series; train it on readings like these, or use"
                                + " another model");
    }

    @Test
    void aSubtaskThatCountsTicksOnlyIsNotAskedForRecords() {
        assertThat(on(Readings.ofASubtask().with(JobCounter.TICKS, 0), 20)).isEmpty();
    }

    @Test
    void everyPartOfANumberThatIsLostSaysWhatToDo() {
        assertThat(Arrays.stream(JobCounter.values()))
                .filteredOn(
                        count -> count.whole().filter(JobCounter.DEAD_LETTERS::equals).isPresent())
                .hasSize(11)
                .allSatisfy(count -> assertThat(count.remedy()).isNotBlank());
    }
}
