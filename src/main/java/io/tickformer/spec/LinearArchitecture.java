package io.tickformer.spec;

import static io.tickformer.spec.SpecException.require;

/**
 * A linear map of the whole context to the horizon (Zeng et al. 2023, "Are Transformers Effective
 * for Time Series Forecasting?"). The context is its one token.
 *
 * @param variant what the map is applied to
 * @param patchLength P, ticks in the one token: the context length
 * @param movingAverage ticks that the trend of {@link Variant#DLINEAR} is averaged over, odd so
 *     that the average has a middle; 0 for the others
 */
public record LinearArchitecture(Variant variant, int patchLength, int movingAverage)
        implements NetworkArchitecture {

    /** The moving average of the paper. */
    public static final int DEFAULT_MOVING_AVERAGE = 25;

    /** What the map is applied to. */
    public enum Variant {
        /** The context as it is. */
        LINEAR,
        /** The context less its last observed value, which is added to the forecast again. */
        NLINEAR,
        /** A moving average and what it leaves, each with a map of its own. */
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

    /** The map of a variant over a context of so many ticks, as in the paper. */
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
