package io.tickformer.spec;

import io.tickformer.event.TickValueDefinition;

/**
 * Omits the default tick meaning and tick fit from the JSON of a spec: Jackson leaves out every
 * value that this filter equals.
 */
final class TickDefaultsJsonFilter {
    @Override
    public boolean equals(Object other) {
        return TickValueDefinition.DEFAULT.equals(other) || other == AcceptedTicks.OWN;
    }

    @Override
    public int hashCode() {
        return TickValueDefinition.DEFAULT.hashCode();
    }
}
