package io.tickformer.model;

import io.tickformer.graph.FusedOp.TanhGelu;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Tensor;

/** Activation functions built from several ops. */
final class Activations {
    private Activations() {}

    /**
     * GELU in its tanh form, {@code x/2 (1 + tanh(u))} with {@code u = sqrt(2/pi) (x + 0.044715
     * x^3)}. It uses the identity {@code (1 + tanh(u))/2 = sigmoid(2u)}, which needs fewer passes
     * over the widest activation of the model.
     */
    static Tensor gelu(GraphBuilder g, Tensor x) {
        if (g.fuses()) {
            return g.apply(new TanhGelu(), x);
        }
        double slope = 2 * Math.sqrt(2 / Math.PI);
        Tensor twiceU = g.mul(x, g.add(g.mul(g.mul(x, x), slope * 0.044715), slope));
        return g.mul(x, g.sigmoid(twiceU));
    }
}
