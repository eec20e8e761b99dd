package io.tickformer.training;

import java.util.Arrays;

/**
 * Intervals of ticks that are removed from a training window, so that the model learns to handle
 * gaps.
 *
 * @param starts first tick of each interval
 * @param ends tick after the last of each interval
 * @param channels channel that each interval is removed from, or {@link #ALL_CHANNELS}
 */
record RemovedTicks(long[] starts, long[] ends, int[] channels) {
    static final int ALL_CHANNELS = -1;

    static final RemovedTicks NONE = new RemovedTicks(new long[0], new long[0]);

    /** Intervals that are removed from all channels. */
    RemovedTicks(long[] starts, long[] ends) {
        this(starts, ends, new int[starts.length]);
        Arrays.fill(channels, ALL_CHANNELS);
    }

    boolean contains(long tick, int channel) {
        for (int i = 0; i < starts.length; i++) {
            boolean ofChannel = channels[i] == ALL_CHANNELS || channels[i] == channel;
            if (ofChannel && tick >= starts[i] && tick < ends[i]) {
                return true;
            }
        }
        return false;
    }
}
