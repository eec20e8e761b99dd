package io.tickformer.lab.drill;

import io.tickformer.event.Observation;

/**
 * A reading as it is taken.
 *
 * @param series number of its series
 * @param tick of the drill
 * @param place position among the readings of its series and tick, from 0
 * @param observation the observation
 */
record Reading(int series, int tick, int place, Observation observation) {
    long time() {
        return observation.eventTimeMillis();
    }

    /** The same value with another event time. */
    Reading withTime(long millis) {
        return new Reading(
                series,
                tick,
                place,
                new Observation(observation.series(), millis, observation.value()));
    }
}
