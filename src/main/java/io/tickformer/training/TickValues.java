package io.tickformer.training;

/**
 * The values of some ticks in a row of one record, in memory.
 *
 * @param from index of the first tick
 * @param values for each channel one for each tick; NaN where it is missing
 */
record TickValues(long from, double[][] values) {
    /** The value of a channel at one of the ticks. */
    double at(long tick, int channel) {
        return values[channel][(int) (tick - from)];
    }

    /** Loads the values of all channels at one of the ticks. */
    void load(long tick, double[] target) {
        for (int channel = 0; channel < values.length; channel++) {
            target[channel] = at(tick, channel);
        }
    }
}
