package io.tickformer.spec;

/**
 * A cycle of the calendar whose phase, as sine and cosine, a token may carry. Phases are in UTC.
 */
public enum CalendarFeature {
    HOUR_OF_DAY,
    DAY_OF_WEEK,
    DAY_OF_YEAR
}
