package io.tickformer.context;

import io.tickformer.spec.CalendarFeature;
import io.tickformer.spec.ForecastSpec;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/**
 * The phase of an event time within a calendar cycle, by the local time of a time zone. When
 * daylight saving time begins or ends, an hour of the day is skipped or repeated, and every other
 * hour keeps its phase.
 */
final class CalendarPhase {
    private static final long DAY = 86_400_000L;
    private static final long WEEK = 7 * DAY;

    /**
     * The Gregorian mean year, 365.2425 days: within two days of the civil calendar, without leaps.
     */
    private static final long YEAR = 31_556_952_000L;

    /** The epoch was a Thursday, three days into a week that begins on Monday. */
    private static final long EPOCH_IN_WEEK = 3 * DAY;

    private final ZoneRules rules;
    private final boolean isFixed;
    private final long fixedMillis;

    private CalendarPhase(ZoneRules rules) {
        this.rules = rules;
        this.isFixed = rules.isFixedOffset();
        this.fixedMillis = isFixed ? offsetMillis(rules, Instant.EPOCH) : 0;
    }

    private static long offsetMillis(ZoneRules rules, Instant time) {
        return 1000L * rules.getOffset(time).getTotalSeconds();
    }

    /** Phases in the time zone of a model's spec; UTC if it names none. */
    static CalendarPhase of(ForecastSpec spec) {
        return in(spec.calendarZone() == null ? ZoneOffset.UTC : ZoneId.of(spec.calendarZone()));
    }

    static CalendarPhase in(ZoneId zone) {
        return new CalendarPhase(zone.getRules());
    }

    /** The phase in [0, 1). */
    double at(CalendarFeature feature, long epochMillis) {
        // An Instant is garbage, and fixed offsets need none.
        long offset =
                isFixed ? fixedMillis : offsetMillis(rules, Instant.ofEpochMilli(epochMillis));
        long local = epochMillis + offset;
        return switch (feature) {
            case HOUR_OF_DAY -> (double) Math.floorMod(local, DAY) / DAY;
            case DAY_OF_WEEK -> (double) Math.floorMod(local + EPOCH_IN_WEEK, WEEK) / WEEK;
            case DAY_OF_YEAR -> (double) Math.floorMod(local, YEAR) / YEAR;
        };
    }
}
