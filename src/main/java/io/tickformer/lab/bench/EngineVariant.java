package io.tickformer.lab.bench;

import io.tickformer.spec.ForecastSpec;

/**
 * A measured variant of the engine without Flink.
 *
 * @param ofCase name of the case, whose variants differ in one thing
 * @param spec of the model
 * @param series number of series that tick in turn
 * @param resident share of them that fits in the cache
 */
record EngineVariant(String ofCase, ForecastSpec spec, int series, double resident) {
    /** Maximum forecasts per call. */
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
     * A streaming transformer with room in the cache for all series.
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
                ForecastSpec.streaming()
                        .tickMillis(TICK_MILLIS)
                        .patchLength(patchLength)
                        .attentionWindow(window)
                        .horizon(HORIZON)
                        .layers(layers)
                        .width(width)
                        .heads(width / HEAD_WIDTH)
                        .feedForwardWidth(4 * width)
                        .build(),
                series,
                1);
    }

    /** Forecasts per call. */
    int microBatch() {
        return Math.min(series, MICRO_BATCH);
    }

    /** Number of series that fit in the cache. */
    int slots() {
        return (int) (series * resident);
    }
}
