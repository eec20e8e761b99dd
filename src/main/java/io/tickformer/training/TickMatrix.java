package io.tickformer.training;

/**
 * The values of consecutive ticks of all channels.
 *
 * @param from index of the first tick
 * @param values for each channel the values of the ticks; NaN if missing
 * @param readings for each channel which ticks were observed; null if those are the ticks with a
 *     value
 */
record TickMatrix(long from, double[][] values, boolean[][] readings) {
    /** Values that were all observed. */
    TickMatrix(long from, double[][] values) {
        this(from, values, null);
    }

    /** The value of a channel at a tick. */
    double at(long tick, int channel) {
        return values[channel][(int) (tick - from)];
    }

    /** Whether that value, which is not NaN, comes from readings and does not fill a tick. */
    boolean isReading(long tick, int channel) {
        return readings == null || readings[channel][(int) (tick - from)];
    }

    /**
     * Loads the observed values of all channels at a tick, from which contexts are built; NaN for
     * other ticks, which the context fills itself.
     */
    void load(long tick, double[] target) {
        for (int channel = 0; channel < values.length; channel++) {
            target[channel] = isReading(tick, channel) ? at(tick, channel) : Double.NaN;
        }
    }
}
