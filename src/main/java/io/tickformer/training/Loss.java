package io.tickformer.training;

import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.model.NetworkOutputs;
import java.util.List;

/**
 * The training loss, computed at every token: the pinball loss of the quantiles (Koenker and
 * Bassett 1978), averaged over levels, plus a multiple of the squared error of the mean. Targets
 * are weighted.
 *
 * <p>With {@code u = quantile - target}, the pinball loss at level t is {@code max(-t u, (1 - t)
 * u)}, that is {@code u (1[u > 0] - t)}. The graph uses the second form: its factor is constant
 * almost everywhere, so it is also the derivative and is computed only once.
 *
 * @param levels Q quantile levels
 * @param meanWeight weight of the squared error of the mean relative to the pinball loss
 */
record Loss(List<Double> levels, double meanWeight) {
    /** Avoids a division by zero in a batch without targets. */
    private static final double LEAST_WEIGHT = 1e-12;

    /**
     * The loss divided by the total weight.
     *
     * @param outputs {@code quantiles [B,N,H,Q]} and {@code mean [B,N,H]}
     * @param targets {@code [B,N,H]}, finite also where the weight is zero
     * @param weights {@code [B,N,H]}, zero or more
     * @return a scalar
     */
    Tensor mean(GraphBuilder g, NetworkOutputs outputs, Tensor targets, Tensor weights) {
        Tensor total = g.max(g.sumAll(weights), g.scalar(LEAST_WEIGHT));
        return sum(g, outputs, targets, g.div(weights, total));
    }

    /** The loss as in {@link #mean}, without the division by the total weight. */
    Tensor sum(GraphBuilder g, NetworkOutputs outputs, Tensor targets, Tensor weights) {
        Tensor pinball = pinball(g, outputs.quantiles(), targets, weights);
        if (meanWeight == 0) {
            return pinball;
        }
        return g.add(pinball, g.mul(squaredError(g, outputs.mean(), targets, weights), meanWeight));
    }

    /** {@code [B,N,H,Q], [B,N,H], [B,N,H] -> []}: weighted sum, averaged over levels. */
    Tensor pinball(GraphBuilder g, Tensor quantiles, Tensor targets, Tensor weights) {
        Tensor error = g.sub(quantiles, g.unsqueeze(targets, -1)); // [B,N,H,Q]
        Tensor above = g.cast(g.greater(error, g.scalar(0)), error.type());
        Tensor slope = g.sub(above, levelsOfEachStep(g, quantiles.shape().size(-2)));
        Tensor share = g.unsqueeze(g.mul(weights, 1.0 / levels.size()), -1); // [B,N,H,1]
        return g.sumAll(g.mul(error, g.mul(slope, share)));
    }

    /**
     * {@code [H,Q]}: the levels repeated for every step, because broadcasting a short row is
     * several times slower.
     */
    private Tensor levelsOfEachStep(GraphBuilder g, long horizon) {
        int count = levels.size();
        double[] tiled = new double[Math.toIntExact(horizon) * count];
        for (int i = 0; i < tiled.length; i++) {
            tiled[i] = levels.get(i % count);
        }
        return g.constant(Shape.of(horizon, count), tiled);
    }

    /** {@code [B,N,H] x 3 -> []}: weighted sum. */
    static Tensor squaredError(GraphBuilder g, Tensor forecast, Tensor targets, Tensor weights) {
        Tensor error = g.sub(forecast, targets);
        return g.sumAll(g.mul(g.mul(error, error), weights));
    }

    /** {@code [B,N,H] x 3 -> []}: weighted sum. */
    static Tensor absoluteError(GraphBuilder g, Tensor forecast, Tensor targets, Tensor weights) {
        return g.sumAll(g.mul(g.abs(g.sub(forecast, targets)), weights));
    }

    /** The forecast at the level that is closest to the median: {@code [B,N,H,Q] -> [B,N,H]}. */
    Tensor median(GraphBuilder g, Tensor quantiles) {
        int nearest = 0;
        for (int q = 1; q < levels.size(); q++) {
            if (Math.abs(levels.get(q) - 0.5) < Math.abs(levels.get(nearest) - 0.5)) {
                nearest = q;
            }
        }
        return g.squeeze(g.slice(quantiles, -1, nearest, nearest + 1), -1);
    }
}
