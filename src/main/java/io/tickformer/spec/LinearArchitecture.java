package io.tickformer.spec;

import static io.tickformer.spec.SpecException.require;

import io.tickformer.annotation.Public;

/**
 * A linear map from the whole context to the horizon (Zeng et al. 2023, "Are Transformers Effective
 * for Time Series Forecasting?"). The context is a single token.
 *
 * @param variant what the map is applied to
 * @param patchLength P, ticks in the token; equals the context length
 * @param movingAverage length of the moving average of {@link Variant#DLINEAR} in ticks, an odd
 *     number; 0 for the other variants
 */
@Public
public record LinearArchitecture(Variant variant, int patchLength, int movingAverage)
        implements NetworkArchitecture {

    /** Length of the moving average in the paper. */
    public static final int DEFAULT_MOVING_AVERAGE = 25;

    /** What the map is applied to. */
    public enum Variant {
        /** The context itself. */
        LINEAR,
        /** The context minus its last observed value, which is added to the forecast again. */
        NLINEAR,
        /** A moving average of the context and the remainder, each with its own map. */
        DLINEAR
    }

    public LinearArchitecture {
        require(variant != null, "variant", null, "LINEAR, NLINEAR or DLINEAR");
        require(patchLength >= 1, "patchLength", patchLength, "at least 1 tick");
        require(
                variant == Variant.DLINEAR
                        ? movingAverage >= 1 && movingAverage % 2 == 1
                        : movingAverage == 0,
                "movingAverage",
                movingAverage,
                variant == Variant.DLINEAR
                        ? "an odd number of ticks"
                        : "0, as %s has no trend".formatted(variant));
    }

    /**
     * The map of a variant over a context of the given length, with the moving average of the
     * paper.
     */
    public static LinearArchitecture of(Variant variant, int contextLength) {
        return new LinearArchitecture(
                variant, contextLength, variant == Variant.DLINEAR ? DEFAULT_MOVING_AVERAGE : 0);
    }

    @Override
    public void requireContext(int contextLength) {
        require(
                contextLength == patchLength,
                "contextLength",
                contextLength,
                "patchLength = " + patchLength + ", as the context is one token");
    }
}
