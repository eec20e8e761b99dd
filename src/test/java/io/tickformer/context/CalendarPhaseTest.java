package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.tickformer.spec.CalendarFeature;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class CalendarPhaseTest {

    private static double phase(CalendarFeature feature, String time) {
        return CalendarPhase.of(feature, Instant.parse(time).toEpochMilli());
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
    void aYearBeginsWithinTwoDaysOfTheFirstOfJanuary() {
        double day = 1 / 365.2425;
        for (int year = 1970; year < 2100; year++) {
            double phase = phase(CalendarFeature.DAY_OF_YEAR, year + "-01-01T12:00:00Z");
            assertThat(Math.min(phase, 1 - phase)).isCloseTo(0, offset(2 * day));
        }
    }
}
