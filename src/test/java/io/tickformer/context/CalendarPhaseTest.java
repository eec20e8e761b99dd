package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.tickformer.spec.CalendarFeature;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CalendarPhaseTest {

    private static double phase(CalendarFeature feature, String time) {
        return phase(feature, ZoneOffset.UTC, time);
    }

    private static double phase(CalendarFeature feature, ZoneId zone, String time) {
        return CalendarPhase.in(zone).at(feature, Instant.parse(time).toEpochMilli());
    }

    @Test
    void aDayBeginsAtMidnightUtc() {
        assertThat(phase(CalendarFeature.HOUR_OF_DAY, "2024-02-29T00:00:00Z")).isZero();
        assertThat(phase(CalendarFeature.HOUR_OF_DAY, "2024-02-29T18:00:00Z")).isEqualTo(0.75);
        assertThat(phase(CalendarFeature.HOUR_OF_DAY, "1969-12-31T12:00:00Z")).isEqualTo(0.5);
    }

    @Test
    void aWeekBeginsOnMonday() {
        assertThat(phase(CalendarFeature.DAY_OF_WEEK, "2026-11-23T00:00:00Z")).isZero();
        assertThat(phase(CalendarFeature.DAY_OF_WEEK, "2026-11-26T12:00:00Z")).isEqualTo(0.5);
    }

    @Test
    void anHourKeepsItsPhaseWhereClocksArePutForwardAndBack() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        CalendarFeature hour = CalendarFeature.HOUR_OF_DAY;
        // Six in the morning before and after the 29th of March and the 25th of October 2026.
        for (String six :
                List.of(
                        "2026-03-28T05:00:00Z",
                        "2026-03-29T04:00:00Z",
                        "2026-10-24T04:00:00Z",
                        "2026-10-25T05:00:00Z")) {
            assertThat(phase(hour, berlin, six)).as(six).isEqualTo(0.25);
        }
        // Two is missing in March and comes twice in October.
        assertThat(phase(hour, berlin, "2026-03-29T00:59:59Z")).isLessThan(2 / 24.0);
        assertThat(phase(hour, berlin, "2026-03-29T01:00:00Z")).isEqualTo(3 / 24.0);
        assertThat(phase(hour, berlin, "2026-10-25T00:30:00Z"))
                .isEqualTo(phase(hour, berlin, "2026-10-25T01:30:00Z"))
                .isEqualTo(2.5 / 24);
    }

    @Test
    void aWeekBeginsWhenItIsMondayThere() {
        ZoneId auckland = ZoneId.of("Pacific/Auckland");
        assertThat(phase(CalendarFeature.DAY_OF_WEEK, auckland, "2026-11-22T11:00:00Z")).isZero();
    }

    @Test
    void aYearBeginsWithinTwoDaysOfTheFirstOfJanuary() {
        double day = 1 / 365.2425;
        for (int year = 1970; year < 2100; year++) {
            double phase = phase(CalendarFeature.DAY_OF_YEAR, year + "-01-01T12:00:00Z");
            assertThat(Math.min(phase, 1 - phase)).isCloseTo(0, offset(2 * day));
        }
    }
}
