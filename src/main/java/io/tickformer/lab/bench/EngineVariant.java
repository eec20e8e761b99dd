package io.tickformer.lab.bench;

import io.tickformer.spec.ForecastSpec;

/**
 * What is measured of the engine alone.
 *
 * @param ofCase the name of the case, whose variants differ in one thing
 * @param spec of the model
 * @param series that tick in turn
 * @param resident the share of them that the cache has room for
 */
record EngineVariant(String ofCase, ForecastSpec spec, int series, double resident) {
    /** Forecasts of a call, at most. */
    static final int MICRO_BATCH = 64;

    private static final int HEAD_WIDTH = 16;
    private static final int HORIZON = 48;
    private static final long TICK_MILLIS = 1_000;

    EngineVariant {
        if (series < 1 || (series > MICRO_BATCH && series % MICRO_BATCH != 0)) {
            throw new IllegalArgumentException(
                    "%d series; expected at most %d, or a multiple of that"
                            .formatted(series, MICRO_BATCH));
        }
    }

    /**
     * A variant of a streaming transformer with room for all of its series.
     *
     * @param patchLength P
     * @param window W
     * @param layers L
     * @param width d
     */
    static EngineVariant of(
            String ofCase, int patchLength, int window, int layers, int width, int series) {
        return new EngineVariant(
                ofCase,
                ForecastSpec.streaming(
                        TICK_MILLIS,
                        patchLength,
                        window,
                        HORIZON,
                        layers,
                        width,
                        width / HEAD_WIDTH,
                        4 * width),
                series,
                1);
    }

    /** Forecasts of a call. */
    int microBatch() {
        return Math.min(series, MICRO_BATCH);
    }

    /** Series that the cache has room for. */
    int slots() {
        return (int) (series * resident);
    }
}
