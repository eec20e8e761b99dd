package io.tickformer.context;

import io.tickformer.spec.Normalisation;

/**
 * Bias-corrected, exponentially weighted mean and standard deviation of the observed values of one
 * series, tick after tick.
 *
 * <p>With {@code a = 2^(-1/halfLife)}, the value observed k ticks ago weighs {@code a^k}. Three
 * numbers are kept: the sum of weights W, the weighted mean, and the weighted sum of squared
 * deviations S. They follow the incremental form of D. H. D. West, "Updating mean and variance
 * estimates: an improved method" (CACM 1979), with decaying weights (T. Finch, "Incremental
 * calculation of weighted mean and variance", 2009, section 9):
 *
 * <pre>
 *   observed x:  W = aW + 1;  d = x - mean;  mean += d / W;  S = aS + d (x - mean)
 *   missing:     W = aW;                                     S = aS
 * </pre>
 *
 * <p>Dividing by the true sum of weights is what corrects the bias of the first ticks. The
 * recursion is one fixed sequence of IEEE double operations, so replaying the same ticks from the
 * same numbers gives the same bits: the context relies on it.
 *
 * <p>Mutable and not thread-safe: it runs once a tick.
 */
public final class RunningStatistics {
    /**
     * Below this sum of weights a missing tick decays nothing more. It changes no answer, as W and
     * S decay alike and only their ratio is read, but keeps that ratio clear of the subnormal
     * numbers.
     */
    private static final double SMALLEST_WEIGHT = 0x1p-300;

    /** A spread below this share of the location's magnitude is rounding. */
    private static final double ROUNDING = 1e-12;

    /** A scale never is zero, not even that of a series of zeros. */
    private static final double SMALLEST_SCALE = 1e-300;

    private final Normalisation normalisation;
    private final double decay;

    private double weight;
    private double mean;
    private double squares;

    public RunningStatistics(Normalisation normalisation) {
        this.normalisation = normalisation;
        decay = Math.pow(2, -1 / normalisation.halfLifeTicks());
    }

    /** Takes one tick: a finite value, or NaN where the tick is missing. */
    public void add(double value) {
        if (Double.isNaN(value)) {
            if (weight >= SMALLEST_WEIGHT) {
                weight *= decay;
                squares *= decay;
            }
            return;
        }
        weight = decay * weight + 1;
        double deviation = value - mean;
        mean += deviation / weight;
        squares = decay * squares + deviation * (value - mean);
    }

    /** The weighted mean; 0 before the first observed tick. */
    public double location() {
        return mean;
    }

    /** The weighted standard deviation, held above both floors. */
    public double scale() {
        // Where the weights before the last value have all but gone, rounding leaves a sum of
        // squares that may lie below zero.
        double deviation = squares > 0 ? Math.sqrt(squares / weight) : 0;
        return Math.max(deviation, Math.max(ROUNDING * Math.abs(mean), SMALLEST_SCALE));
    }

    /** Whether any tick was observed. */
    boolean isKnown() {
        // Missing ticks never bring the sum of weights to zero.
        return weight > 0;
    }

    /** Location and scale as they stand. */
    public Frame frame() {
        return new Frame(location(), scale());
    }

    /** Forgets every tick. */
    public void reset() {
        weight = 0;
        mean = 0;
        squares = 0;
    }

    /** Takes over the numbers of another instance of the same normalisation. */
    public void set(RunningStatistics other) {
        weight = other.weight;
        mean = other.mean;
        squares = other.squares;
    }

    /** An independent copy. */
    public RunningStatistics copy() {
        RunningStatistics copy = new RunningStatistics(normalisation);
        copy.set(this);
        return copy;
    }
}
