package io.tickformer.testing;

import io.tickformer.spec.ForecastSpec;

/** Specs of transformers in a line, for tests that use many. */
public final class TestSpecs {
    private TestSpecs() {}

    /** A streaming transformer: tick, P, W, H, L, d, heads, F. */
    public static ForecastSpec streaming(
            long tickMillis,
            int patchLength,
            int attentionWindow,
            int horizon,
            int layers,
            int width,
            int heads,
            int feedForwardWidth) {
        return ForecastSpec.streaming()
                .tickMillis(tickMillis)
                .patchLength(patchLength)
                .attentionWindow(attentionWindow)
                .horizon(horizon)
                .layers(layers)
                .width(width)
                .heads(heads)
                .feedForwardWidth(feedForwardWidth)
                .build();
    }

    /** A vanilla transformer: tick, T, H, L, d, heads, F. */
    public static ForecastSpec vanilla(
            long tickMillis,
            int contextLength,
            int horizon,
            int layers,
            int width,
            int heads,
            int feedForwardWidth) {
        return ForecastSpec.vanilla()
                .tickMillis(tickMillis)
                .contextLength(contextLength)
                .horizon(horizon)
                .layers(layers)
                .width(width)
                .heads(heads)
                .feedForwardWidth(feedForwardWidth)
                .build();
    }
}
