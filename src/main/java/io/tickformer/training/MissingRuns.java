package io.tickformer.training;

/**
 * Runs of ticks that training takes out of a window, so that gaps are no surprise when serving.
 *
 * @param starts first tick of each run
 * @param ends tick after the last of each run
 */
record MissingRuns(long[] starts, long[] ends) {
    static final MissingRuns NONE = new MissingRuns(new long[0], new long[0]);

    boolean contains(long tick) {
        for (int i = 0; i < starts.length; i++) {
            if (tick >= starts[i] && tick < ends[i]) {
                return true;
            }
        }
        return false;
    }
}
