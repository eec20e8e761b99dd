package io.tickformer.context;

/** What an observed tick did to a {@link SeriesContext}. */
public enum Change {
    /** The context was empty, or a gap of T or more emptied it: it begins with this tick. */
    STARTED,
    /** The tick is the new head; the ticks between the old head and it are missing. */
    APPENDED,
    /** The tick is the head or older, still within the ring: its value replaced what was there. */
    REVISED,
    /** The tick has left the ring; nothing changed. */
    IGNORED_TOO_OLD;

    /** Whether the tick is the new head: the moment a forecast is issued. */
    public boolean movedHead() {
        return this == STARTED || this == APPENDED;
    }
}
