package io.tickformer.training;

import java.util.Arrays;

/**
 * Runs of ticks that training takes out of a window, so that gaps are no surprise when serving.
 *
 * @param starts first tick of each run
 * @param ends tick after the last of each run
 * @param channels which channel each run is taken out of, or {@link #ALL_CHANNELS}
 */
record RemovedTicks(long[] starts, long[] ends, int[] channels) {
    static final int ALL_CHANNELS = -1;

    static final RemovedTicks NONE = new RemovedTicks(new long[0], new long[0]);

    /** Runs of all channels. */
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
