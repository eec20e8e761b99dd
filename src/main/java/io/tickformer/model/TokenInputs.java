package io.tickformer.model;

import io.tickformer.graph.Dim;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.spec.ForecastSpec;

/**
 * What a network reads: N tokens of each of B series, oldest first.
 *
 * <p>A token holds P ticks of each of C channels, channel after channel; C is 1 unless the spec
 * mixes channels. G is {@link ForecastSpec#tokenFeatures()}.
 *
 * @param values {@code [B,N,C P]}, normalised in the token's own frames, 0 where missing
 * @param observed {@code [B,N,C P]}, 1 for a real value, 0 for a missing one
 * @param features {@code [B,N,G]}, movement of the frames and calendar
 * @param present {@code [B,N]}, 1 for a token of the series, 0 for one before its first tick; null
 *     where there is one token only, which is there
 * @param recent {@code [B,M,C R]}, for each of the last M tokens the R ticks that end with it,
 *     oldest first, in its frame, channel after channel; null where the spec has no seasonal path
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
        int recent = spec.recentValues();
        return declare(
                g,
                spec,
                batch,
                tokens,
                recent == 0 ? null : g.input(RECENT, Shape.of(batch, answered, recent)));
    }

    /**
     * Declares the inputs of the exported graph: N of the spec, a symbolic batch, recent [B,C R].
     */
    static TokenInputs declareWindow(GraphBuilder g, ForecastSpec spec) {
        int recent = spec.recentValues();
        return declare(
                g,
                spec,
                Dim.BATCH,
                spec.tokens(),
                recent == 0 ? null : g.unsqueeze(g.input(RECENT, Shape.of(Dim.BATCH, recent)), 1));
    }

    /** Declares the one token of a step: N = 1, a symbolic batch, never absent, recent [B,C R]. */
    static TokenInputs declareSingleToken(GraphBuilder g, ForecastSpec spec) {
        int recent = spec.recentValues();
        int each = spec.tokenValues();
        return new TokenInputs(
                g.input(VALUES, Shape.of(Dim.BATCH, 1, each)),
                g.input(OBSERVED, Shape.of(Dim.BATCH, 1, each)),
                g.input(FEATURES, Shape.of(Dim.BATCH, 1, spec.tokenFeatures())),
                null,
                recent == 0 ? null : g.unsqueeze(g.input(RECENT, Shape.of(Dim.BATCH, recent)), 1));
    }

    private static TokenInputs declare(
            GraphBuilder g, ForecastSpec spec, Dim batch, int tokens, Tensor recent) {
        int each = spec.tokenValues();
        return new TokenInputs(
                g.input(VALUES, Shape.of(batch, tokens, each)),
                g.input(OBSERVED, Shape.of(batch, tokens, each)),
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
