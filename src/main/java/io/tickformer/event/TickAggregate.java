package io.tickformer.event;

import io.tickformer.annotation.Public;

/** How the observations of a tick are aggregated to its value. */
@Public
public enum TickAggregate {
    MEAN,
    SUM,
    /** The observation with the latest event time; of several at that time, the last to arrive. */
    LAST,
    MIN,
    MAX,
    /** The number of observations. */
    COUNT;

    /**
     * Whether a tick that was read only in part has no value. The sum or count of a part is too
     * small. The mean, last, smallest or largest value of a part is still a value of the tick.
     */
    public boolean needsWholeTick() {
        return this == SUM || this == COUNT;
    }

    /**
     * Merges two values of one tick, each computed from a part of its observations.
     *
     * @param known the value so far
     * @param knownWeight its weight, see {@link TickAccumulator#weight}
     * @param value the value of the other part
     * @param weight its weight
     */
    public double merged(double known, int knownWeight, double value, int weight) {
        return switch (this) {
            case MEAN -> known + (value - known) * weight / (knownWeight + weight);
            case SUM, COUNT -> known + value;
            case LAST -> weight >= knownWeight ? value : known;
            case MIN -> Math.min(known, value);
            case MAX -> Math.max(known, value);
        };
    }

    /** The weight of a merged value, from the weights of its two parts. */
    public int mergedWeight(int knownWeight, int weight) {
        return this == LAST
                ? Math.max(knownWeight, weight)
                : Math.min(knownWeight + weight, TickAccumulator.MAX_WEIGHT);
    }
}
