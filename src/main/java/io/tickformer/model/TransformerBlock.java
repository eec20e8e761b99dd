package io.tickformer.model;

import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Tensor;
import io.tickformer.spec.TransformerArchitecture;
import io.tickformer.spec.TransformerArchitecture.Activation;
import io.tickformer.spec.TransformerArchitecture.NormPlacement;
import java.util.function.UnaryOperator;

/**
 * One layer of a transformer: self-attention between tokens, then a feed-forward network within
 * each token, both added to the residual stream.
 */
record TransformerBlock(
        GraphBuilder g,
        ParameterTensors parameters,
        TransformerArchitecture architecture,
        Dropout dropout) {

    /**
     * Applies the layer, {@code z [B,N,d] -> [B,M,d]}, for the last M tokens.
     *
     * @param queries M
     * @param attention self-attention of the last M tokens, {@code [B,N,d] -> [B,M,d]}
     */
    Tensor apply(int layer, Tensor z, long queries, UnaryOperator<Tensor> attention) {
        String name = Transformer.block(layer);
        return g.scoped(
                name,
                () -> {
                    Tensor residual = SelfAttention.last(g, z, queries);
                    Tensor attended = branch(name + ".attention", z, residual, attention);
                    return branch(
                            name + ".feedForward",
                            attended,
                            attended,
                            x -> feedForward(name + ".feedForward", x));
                });
    }

    private Tensor branch(String name, Tensor z, Tensor residual, UnaryOperator<Tensor> branch) {
        Norms norms = new Norms(g, parameters, architecture.norm());
        if (architecture.normPlacement() == NormPlacement.PRE) {
            Tensor added = branch.apply(norms.apply(name + ".norm", z));
            return g.add(residual, dropout.apply(name, added));
        }
        Tensor sum = g.add(residual, dropout.apply(name, branch.apply(z)));
        return norms.apply(name + ".norm", sum);
    }

    private Tensor feedForward(String name, Tensor z) {
        Tensor hidden = g.matMul(z, parameters.get(name + ".expand")); // [B,M,F]
        Tensor active =
                architecture.activation() == Activation.RELU
                        ? g.relu(hidden)
                        : Activations.gelu(g, hidden);
        return g.matMul(active, parameters.get(name + ".contract"));
    }
}
