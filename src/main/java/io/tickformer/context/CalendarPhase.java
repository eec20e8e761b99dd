package io.tickformer.context;

import io.tickformer.spec.CalendarFeature;

/** How far into a cycle of the calendar, in UTC, an event time lies. */
final class CalendarPhase {
    private static final long DAY = 86_400_000L;
    private static final long WEEK = 7 * DAY;

    /**
     * The Gregorian mean year, 365.2425 days: within two days of the civil calendar, without leaps.
     */
    private static final long YEAR = 31_556_952_000L;

    /** The epoch was a Thursday, three days into a week that begins on Monday. */
    private static final long EPOCH_IN_WEEK = 3 * DAY;

    private CalendarPhase() {}

    /** The phase in [0, 1). */
    static double of(CalendarFeature feature, long epochMillis) {
        return switch (feature) {
            case HOUR_OF_DAY -> (double) Math.floorMod(epochMillis, DAY) / DAY;
            case DAY_OF_WEEK -> (double) Math.floorMod(epochMillis + EPOCH_IN_WEEK, WEEK) / WEEK;
            case DAY_OF_YEAR -> (double) Math.floorMod(epochMillis, YEAR) / YEAR;
        };
    }
}
