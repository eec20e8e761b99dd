package io.tickformer.spec;

import io.tickformer.event.TickMeaning;

/**
 * Omits the default tick meaning and tick fit from the JSON of a spec: Jackson leaves out every
 * value that this filter equals.
 */
final class TickDefaultsJsonFilter {
    @Override
    public boolean equals(Object other) {
        return TickMeaning.DEFAULT.equals(other) || other == AcceptedTickMeanings.OWN;
    }

    @Override
    public int hashCode() {
        return TickMeaning.DEFAULT.hashCode();
    }
}
