package io.tickformer.spec;

import io.tickformer.annotation.Public;

/**
 * A calendar cycle that a token may encode, as sine and cosine of its phase. Phases are computed in
 * UTC or in the time zone of the spec.
 *
 * <p>A token encodes the phase at its last tick. The phase at every forecast tick follows from it:
 * h ticks later, a cycle of c ticks has advanced by {@code 2 pi h / c}. This is a rotation of sine
 * and cosine that is the same for every token, so one linear map of the token can use the future
 * calendar at each horizon step, and the model needs no further inputs. Public holidays are not
 * encoded. If daylight saving time starts or ends within the horizon, the hours of the steps after
 * the change are off by one until the token has passed the change.
 */
@Public
public enum CalendarFeature {
    HOUR_OF_DAY,
    DAY_OF_WEEK,
    DAY_OF_YEAR
}
