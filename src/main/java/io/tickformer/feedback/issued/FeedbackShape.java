package io.tickformer.feedback.issued;

import io.tickformer.annotation.Internal;
import java.util.Arrays;
import java.util.Objects;

/**
 * The sizes of the forecasts of a job, and what follows from them. All series of a job share one
 * shape, so that a series that is read from state computes nothing of it. Immutable.
 */
@Internal
public final class FeedbackShape {
    private final int horizon;
    private final double[] quantileLevels;
    private final int season;
    private final long tickMillis;
    private final ScoredSteps steps;
    private final QuantileCurve curve;
    private final Intervals intervals;

    /**
     * @param horizon H, number of horizon steps of an issued forecast
     * @param quantileLevels Q quantile levels of an issued forecast, ascending; the shape owns the
     *     array
     * @param season ticks in a season, at least 1
     * @param tickMillis length of a tick in milliseconds
     */
    public FeedbackShape(int horizon, double[] quantileLevels, int season, long tickMillis) {
        if (horizon < 1 || quantileLevels.length < 1 || season < 1 || tickMillis < 1) {
            throw new IllegalArgumentException(
                    ("%d horizon steps, %d quantile levels, a season of %d ticks of %d ms; expected"
                                    + " at least 1 of each")
                            .formatted(horizon, quantileLevels.length, season, tickMillis));
        }
        this.horizon = horizon;
        this.quantileLevels = quantileLevels;
        this.season = season;
        this.tickMillis = tickMillis;
        this.steps = ScoredSteps.of(horizon, season);
        this.curve = new QuantileCurve(quantileLevels);
        this.intervals = Intervals.of(quantileLevels);
    }

    /** H, the number of horizon steps. */
    public int horizon() {
        return horizon;
    }

    /** Q quantile levels; not to be changed. */
    public double[] quantileLevels() {
        return quantileLevels;
    }

    /** Q, the number of quantile levels. */
    public int levels() {
        return quantileLevels.length;
    }

    /** Ticks in a season. */
    public int season() {
        return season;
    }

    /** Length of a tick in milliseconds. */
    public long tickMillis() {
        return tickMillis;
    }

    /** The horizon steps that are scored. */
    public ScoredSteps steps() {
        return steps;
    }

    /** The curve through the quantiles of a step. */
    public QuantileCurve curve() {
        return curve;
    }

    /** The central intervals among the quantiles. */
    public Intervals intervals() {
        return intervals;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeedbackShape that
                && horizon == that.horizon
                && Arrays.equals(quantileLevels, that.quantileLevels)
                && season == that.season
                && tickMillis == that.tickMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(horizon, Arrays.hashCode(quantileLevels), season, tickMillis);
    }
}
