package io.tickformer.feedback.mixture;

/** The forecasters of a mixture, and their places in arrays. */
final class MixedForecasters {
    static final int MODEL = 0;
    static final int NAIVE = 1;
    static final int SEASONAL = 2;

    /** K, the number of forecasters. */
    static final int COUNT = 3;

    private MixedForecasters() {}
}
