package io.tickformer.model;

import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.graph.TensorData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The attention mask. Token i may attend to token j if j is not later than i, lies within the
 * attention window and is present. A token may always attend to itself, so that no row is empty.
 */
final class AttentionMask {
    /** Attention window for full attention. */
    static final int ALL = 0;

    private final GraphBuilder g;
    private final int window;
    private final TokenInputs inputs;
    private final Map<List<Integer>, Tensor> known = new HashMap<>();

    /**
     * @param window number of tokens that a token attends to, itself included; {@link #ALL} for all
     *     earlier tokens
     */
    AttentionMask(GraphBuilder g, int window, TokenInputs inputs) {
        this.g = g;
        this.window = window;
        this.inputs = inputs;
    }

    /**
     * The mask between the last {@code queries} tokens and the last {@code keys} tokens. Layers
     * with the same mask share it.
     *
     * @return {@code [B,1,queries,keys]}, bool
     */
    Tensor allowed(int queries, int keys) {
        return known.computeIfAbsent(List.of(queries, keys), pair -> build(queries, keys));
    }

    private Tensor build(int queries, int keys) {
        boolean[] within = new boolean[queries * keys];
        boolean[] self = new boolean[queries * keys];
        for (int i = 0; i < queries; i++) {
            int query = keys - queries + i;
            for (int key = 0; key < keys; key++) {
                int age = query - key;
                boolean banded = window == ALL || age < window;
                within[i * keys + key] = age >= 0 && banded;
                self[i * keys + key] = age == 0;
            }
        }
        int tokens = inputs.tokens();
        Tensor present = g.slice(inputs.present(), 1, tokens - keys, tokens);
        Tensor exists =
                g.reshape(g.greater(present, g.scalar(0.5)), Shape.of(inputs.batch(), 1, 1, keys));
        Shape pairs = Shape.of(queries, keys);
        return g.and(
                g.constant(TensorData.booleans(pairs, within)),
                g.or(exists, g.constant(TensorData.booleans(pairs, self))));
    }
}
