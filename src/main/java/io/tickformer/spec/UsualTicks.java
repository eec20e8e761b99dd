package io.tickformer.spec;

import io.tickformer.event.TickMeaning;

/**
 * Keeps the usual meaning and fit of ticks out of the JSON, where nothing is written of them:
 * Jackson leaves out what this equals.
 */
final class UsualTicks {
    @Override
    public boolean equals(Object other) {
        return TickMeaning.DEFAULT.equals(other) || other == TickFit.OWN;
    }

    @Override
    public int hashCode() {
        return TickMeaning.DEFAULT.hashCode();
    }
}
