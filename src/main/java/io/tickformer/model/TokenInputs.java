package io.tickformer.model;

import io.tickformer.annotation.Internal;
import io.tickformer.graph.Dim;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.spec.ForecastSpec;

/**
 * The inputs of a network: N tokens of each of B series, oldest first.
 *
 * <p>A token holds P ticks of each of C channels, channel by channel; C is 1 for a univariate
 * model. G is {@link ForecastSpec#tokenFeatures()}.
 *
 * @param values {@code [B,N,C P]}, normalised in the frames of the token, 0 if missing
 * @param observed {@code [B,N,C P]}, 1 for an observed value, 0 for a missing one
 * @param features {@code [B,N,G]}, frame movements and calendar features
 * @param present {@code [B,N]}, 1 for a token of the series, 0 for a token before its first tick;
 *     null for incremental evaluation, whose only token is always present
 * @param recent {@code [B,M,C R]}, for each of the last M tokens the last R ticks, oldest first, in
 *     its frame, channel by channel; null without a seasonal path
 */
@Internal
public record TokenInputs(
        Tensor values, Tensor observed, Tensor features, Tensor present, Tensor recent) {
    public static final String VALUES = "values";
    public static final String OBSERVED = "observed";
    public static final String FEATURES = "features";
    public static final String PRESENT = "present";
    public static final String RECENT = "recent";

    /**
     * Declares the inputs of a graph.
     *
     * @param batch B, fixed or {@link Dim#BATCH}
     * @param tokens N; for export that of the spec
     * @param answered M, number of tokens with a forecast, the last ones
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
     * Declares the inputs of the window graph: N of the spec, a symbolic batch size, recent [B,C
     * R].
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

    /**
     * Declares the inputs of one token for incremental evaluation: N = 1, a symbolic batch size,
     * recent [B,C R].
     */
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
