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
 * @param present {@code [B,N]}, 1 for a token of the series, 0 for one before its first tick; null
 *     where there is one token only, which is there
 * @param recent {@code [B,M,R]}, for each of the last M tokens the R ticks that end with it, oldest
 *     first, in its frame; null where the spec has no seasonal path
 */
public record TokenInputs(
        Tensor values, Tensor observed, Tensor features, Tensor present, Tensor recent) {
    public static final String VALUES = "values";
    public static final String OBSERVED = "observed";
    public static final String FEATURES = "features";
    public static final String PRESENT = "present";
    public static final String RECENT = "recent";

    /**
     * Declares the inputs of a graph under their names.
     *
     * @param batch B, fixed or {@link Dim#BATCH}
     * @param tokens N; the spec's own for export
     * @param answered M, the last tokens that are asked for an answer
     */
    public static TokenInputs declare(
            GraphBuilder g, ForecastSpec spec, Dim batch, int tokens, int answered) {
        int ticks = spec.recentTicks();
        return declare(
                g,
                spec,
                batch,
                tokens,
                ticks == 0 ? null : g.input(RECENT, Shape.of(batch, answered, ticks)));
    }

    /** Declares the inputs of the exported graph: N of the spec, a symbolic batch, recent [B,R]. */
    static TokenInputs declareWindow(GraphBuilder g, ForecastSpec spec) {
        int ticks = spec.recentTicks();
        return declare(
                g,
                spec,
                Dim.BATCH,
                spec.tokens(),
                ticks == 0 ? null : g.unsqueeze(g.input(RECENT, Shape.of(Dim.BATCH, ticks)), 1));
    }

    /** Declares the one token of a step: N = 1, a symbolic batch, never absent, recent [B,R]. */
    static TokenInputs declareStep(GraphBuilder g, ForecastSpec spec) {
        int ticks = spec.recentTicks();
        int patch = spec.network().patchLength();
        return new TokenInputs(
                g.input(VALUES, Shape.of(Dim.BATCH, 1, patch)),
                g.input(OBSERVED, Shape.of(Dim.BATCH, 1, patch)),
                g.input(FEATURES, Shape.of(Dim.BATCH, 1, spec.tokenFeatures())),
                null,
                ticks == 0 ? null : g.unsqueeze(g.input(RECENT, Shape.of(Dim.BATCH, ticks)), 1));
    }

    private static TokenInputs declare(
            GraphBuilder g, ForecastSpec spec, Dim batch, int tokens, Tensor recent) {
        int patch = spec.network().patchLength();
        return new TokenInputs(
                g.input(VALUES, Shape.of(batch, tokens, patch)),
                g.input(OBSERVED, Shape.of(batch, tokens, patch)),
                g.input(FEATURES, Shape.of(batch, tokens, spec.tokenFeatures())),
                g.input(PRESENT, Shape.of(batch, tokens)),
                recent);
    }

    Dim batch() {
        return values.shape().dim(0);
    }

    /** N. */
    int tokens() {
        return Math.toIntExact(values.shape().size(1));
    }
}
