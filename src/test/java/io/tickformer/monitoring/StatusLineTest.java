package io.tickformer.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatusLineTest {
    @Test
    void aJobThatIsWellSaysItsNumbersAndThatItHasCaughtUp() {
        JobMetricsSnapshot reading =
                Readings.ofAJob()
                        .with(JobCounter.RECORDS, 3_049)
                        .with(JobCounter.OBSERVATIONS, 3_049)
                        .with(JobCounter.TICKS, 300)
                        .with(JobCounter.FORECASTS, 299)
                        .waiting(0)
                        .watermark(Readings.NOON.minusSeconds(2))
                        .read();
        assertThat(StatusLine.of(reading))
                .isEqualTo(
                        "read   3,049  ticks    300  forecasts    299  dead letters 0  late 0"
                                + "  refused 0  caught up, 2 s behind the clock");
    }

    @Test
    void whatWentElsewhereIsSaidByCause() {
        JobMetricsSnapshot reading =
                Readings.ofAJob()
                        .with(JobCounter.NO_VALUE, 1_200)
                        .with(JobCounter.TOO_FAR_AHEAD, 3)
                        .with(JobCounter.LATE_TOO_OLD, 7)
                        .with(JobCounter.MAX_SERIES, 9)
                        .read();
        assertThat(StatusLine.of(reading))
                .contains("dead letters 1,203 (too far ahead 3, no value 1,200)")
                .contains("late 7 (too old 7)")
                .contains("refused 9 (max series 9)");
    }

    @Test
    void recordsThatWaitAreSaidWithTheTimeTheyAreBehind() {
        JobMetricsSnapshot reading =
                Readings.ofAJob()
                        .waiting(12_300)
                        .watermark(Readings.NOON.minus(Duration.ofMinutes(125)))
                        .read();
        assertThat(StatusLine.of(reading))
                .endsWith("  behind 12,300 records, 2 h 5 min behind the clock");
    }

    @Test
    void aTopicThatIsReadToItsEndAndHoldsOldReadingsIsNotCaughtUp() {
        JobMetricsSnapshot reading =
                Readings.ofAJob()
                        .waiting(0)
                        .watermark(Readings.NOON.minus(Duration.ofMinutes(70)))
                        .read();
        assertThat(StatusLine.of(reading)).endsWith("  all read, 1 h 10 min behind the clock");
    }

    @Test
    void readingsOfTheFutureAreAheadOfTheClock() {
        JobMetricsSnapshot reading =
                Readings.ofAJob().waiting(0).watermark(Readings.NOON.plusSeconds(180)).read();
        assertThat(StatusLine.of(reading)).endsWith("  caught up, 3 min ahead of the clock");
    }

    @Test
    void aSubtaskSaysWhatItCountsItself() {
        JobMetricsSnapshot reading =
                Readings.ofASubtask()
                        .with(JobCounter.OBSERVATIONS, 12)
                        .with(JobCounter.NO_KEY, 1)
                        .read();
        assertThat(StatusLine.of(reading)).isEqualTo("readings      12  dead letters 1 (no key 1)");
    }

    @Test
    void noWatermarkAndTheEndOfTheInputAreNoTimes() {
        assertThat(StatusLine.of(Readings.ofAJob().with(JobGauge.WATERMARK, Long.MIN_VALUE).read()))
                .endsWith("refused 0");
        assertThat(StatusLine.of(Readings.ofAJob().with(JobGauge.WATERMARK, Long.MAX_VALUE).read()))
                .endsWith("refused 0");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT0.25S, 250 ms",
        "PT59.9S, 59 s",
        "PT5M, 5 min",
        "PT5M1S, 5 min 1 s",
        "PT2H5M, 2 h 5 min",
        "P3DT4H, 3 d 4 h",
        "P400D, 400 d",
        "P20440D, 56 years"
    })
    void lengthsOfTimeAreSaidInTheirTwoLargestUnits(Duration length, String words) {
        assertThat(ReadableNumbers.duration(length)).isEqualTo(words);
    }
}
