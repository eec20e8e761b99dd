package io.tickformer.synthetic;

import io.tickformer.annotation.Internal;
import java.util.Arrays;

/**
 * A synthetic series. The same seed, index and length give the same series. Series of different
 * indices are independent.
 *
 * @param seed of all series of a set
 * @param index of the series
 * @param values one per tick; NaN if missing. The first and the last are never missing. Owned by
 *     the record
 */
@Internal
public record SyntheticSeries(long seed, long index, double[] values) {
    /** Maximum magnitude of a value, so that sums of squares do not overflow. */
    static final double LARGEST_MAGNITUDE = 1e12;

    private static final double SMALLEST_SCALE = 1e-3;
    private static final double LARGEST_SCALE = 1e5;
    private static final double LEAST_OFFSET = 0.1;
    private static final double LARGEST_OFFSET = 50;

    /**
     * Generates a series.
     *
     * @param length ticks
     * @throws IllegalArgumentException if the length is below 1
     */
    public static SyntheticSeries of(long seed, long index, int length) {
        if (length < 1) {
            throw new IllegalArgumentException(
                    "a series of %d ticks; expected at least 1".formatted(length));
        }
        SeriesRandom chance = SeriesRandom.of(seed, index);
        Recipe recipe = Recipe.random(length, chance);
        double[] values = recipe.ingredient().draw(length, chance.split());
        for (Distortion distortion : recipe.distortions()) {
            distortion.apply(values, chance);
        }
        scale(values, chance);
        recipe.gaps().apply(values, chance);
        return new SyntheticSeries(seed, index, values);
    }

    /** Converts the values to a random unit and level; small counts stay unchanged. */
    private static void scale(double[] values, SeriesRandom chance) {
        double scale = chance.happens(0.5) ? 1 : chance.logBetween(SMALLEST_SCALE, LARGEST_SCALE);
        double offset =
                chance.happens(0.5)
                        ? 0
                        : chance.sign()
                                * chance.logBetween(LEAST_OFFSET, LARGEST_OFFSET)
                                * CurveMath.deviation(values);
        for (int i = 0; i < values.length; i++) {
            double value = scale * (values[i] + offset);
            values[i] = Math.max(-LARGEST_MAGNITUDE, Math.min(LARGEST_MAGNITUDE, value));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SyntheticSeries that
                && seed == that.seed
                && index == that.index
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(seed) * 31 + Long.hashCode(index);
    }
}
