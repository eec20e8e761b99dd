package io.tickformer.spec;

/**
 * A cycle of the calendar whose phase, as sine and cosine, a token may carry. Phases are in UTC, or
 * on the clocks of the spec's time zone.
 *
 * <p>A token carries the phase of its last tick, and with it that of every tick it forecasts: h
 * ticks later a cycle of c ticks stands {@code 2 pi h / c} further, a rotation of sine and cosine
 * that is the same for every token. So the calendar of the future, which is known, reaches each
 * horizon step through one linear map of the token, and needs no inputs of its own. What no cycle
 * tells, such as a public holiday, does not. Where clocks are put forward or back within the
 * horizon, the steps behind that are told an hour that is off by one, until the token has passed
 * it.
 */
public enum CalendarFeature {
    HOUR_OF_DAY,
    DAY_OF_WEEK,
    DAY_OF_YEAR
}
