package io.tickformer.spec;

/** Which ticks a model takes. */
public enum TickFit {
    /** Those of the meaning it was trained on. */
    OWN,
    /** Those of any meaning, as a model that learned from synthetic series of every kind does. */
    ANY
}
