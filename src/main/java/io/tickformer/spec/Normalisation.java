package io.tickformer.spec;

/**
 * How the causal running statistics of a series are kept: the bias-corrected, exponentially
 * weighted mean and standard deviation of the observed values up to and including a tick.
 *
 * @param halfLifeTicks number of ticks after which an observation counts half; positive
 * @param relativeScaleFloor the scale is at least this share of the location's magnitude; not
 *     negative
 * @param absoluteScaleFloor the scale is at least this, in the series' own unit; positive
 */
public record Normalisation(
        double halfLifeTicks, double relativeScaleFloor, double absoluteScaleFloor) {
    public static final Normalisation DEFAULT = new Normalisation(256, 1e-3, 1e-6);

    /** Far beyond any series; what is divided by it, and multiplied again, stays finite. */
    private static final double LARGEST_FLOOR = 1e30;

    public Normalisation {
        SpecException.require(
                halfLifeTicks > 0 && Double.isFinite(halfLifeTicks),
                "halfLifeTicks",
                halfLifeTicks,
                "a positive number of ticks");
        SpecException.require(
                relativeScaleFloor >= 0 && relativeScaleFloor <= LARGEST_FLOOR,
                "relativeScaleFloor",
                relativeScaleFloor,
                "zero or more, and no absurd number");
        SpecException.require(
                absoluteScaleFloor > 0 && absoluteScaleFloor <= LARGEST_FLOOR,
                "absoluteScaleFloor",
                absoluteScaleFloor,
                "a positive number, and no absurd one");
    }
}
