package io.tickformer.context;

import io.tickformer.annotation.Internal;

/** How an observed tick changed a {@link SeriesContext}. */
@Internal
public enum ContextChange {
    /** The context was empty, or a gap as long as its ring emptied it: it starts with this tick. */
    STARTED,
    /** The tick is the new head. The ticks between the old head and it are without a reading. */
    APPENDED,
    /** The tick is the head or an older tick of the ring: its values were replaced or merged. */
    REVISED,
    /** The tick has left the ring; nothing changed. */
    IGNORED_TOO_OLD;

    /** Whether the tick is the new head, at which a forecast is issued. */
    public boolean movedHead() {
        return this == STARTED || this == APPENDED;
    }
}
