package io.tickformer.training;

/**
 * The values of some ticks in a row of one record, in memory.
 *
 * @param from index of the first tick
 * @param values for each channel one for each tick; NaN where it is missing
 * @param readings for each channel which ticks have a reading; null where those are the ticks with
 *     a value
 */
record TickMatrix(long from, double[][] values, boolean[][] readings) {
    /** Values that are all readings. */
    TickMatrix(long from, double[][] values) {
        this(from, values, null);
    }

    /** The value of a channel at one of the ticks. */
    double at(long tick, int channel) {
        return values[channel][(int) (tick - from)];
    }

    /** Whether that value, which is not NaN, comes from readings and does not fill a tick. */
    boolean isReading(long tick, int channel) {
        return readings == null || readings[channel][(int) (tick - from)];
    }

    /**
     * Loads what contexts are made of: the values of all channels at one of the ticks that come
     * from readings. NaN where there is none: a context knows by itself what an empty tick is.
     */
    void load(long tick, double[] target) {
        for (int channel = 0; channel < values.length; channel++) {
            target[channel] = isReading(tick, channel) ? at(tick, channel) : Double.NaN;
        }
    }
}
