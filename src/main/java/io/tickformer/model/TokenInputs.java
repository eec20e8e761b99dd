package io.tickformer.model;

import io.tickformer.graph.Dim;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.spec.ForecastSpec;

/**
 * What a network reads: N tokens of each of B series, oldest first.
 *
 * @param values {@code [B,N,P]}, normalised in the token's own frame, 0 where missing
 * @param observed {@code [B,N,P]}, 1 for a real value, 0 for a missing one
 * @param features {@code [B,N,C]}, movement of the frame and calendar
 * @param present {@code [B,N]}, 1 for a token of the series, 0 for one before its first tick
 */
public record TokenInputs(Tensor values, Tensor observed, Tensor features, Tensor present) {
    public static final String VALUES = "values";
    public static final String OBSERVED = "observed";
    public static final String FEATURES = "features";
    public static final String PRESENT = "present";

    /**
     * Declares the inputs of a graph under their names.
     *
     * @param batch B, fixed or {@link Dim#BATCH}
     * @param tokens N; the spec's own for export
     */
    public static TokenInputs declare(GraphBuilder g, ForecastSpec spec, Dim batch, int tokens) {
        int patch = spec.network().patchLength();
        return new TokenInputs(
                g.input(VALUES, Shape.of(batch, tokens, patch)),
                g.input(OBSERVED, Shape.of(batch, tokens, patch)),
                g.input(FEATURES, Shape.of(batch, tokens, spec.tokenFeatures())),
                g.input(PRESENT, Shape.of(batch, tokens)));
    }

    Dim batch() {
        return values.shape().dim(0);
    }

    /** N. */
    int tokens() {
        return Math.toIntExact(values.shape().size(1));
    }
}
