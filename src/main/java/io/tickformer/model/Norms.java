package io.tickformer.model;

import io.tickformer.graph.FusedOp.LayerNorm;
import io.tickformer.graph.FusedOp.RootMeanSquareNorm;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Tensor;
import io.tickformer.spec.TransformerArchitecture.Norm;

/**
 * Normalisation over the width of a token, built from primitive ops, which have derivative rules
 * and which ONNX Runtime fuses where it can.
 */
record Norms(GraphBuilder g, ParameterTensors parameters, Norm kind) {
    /** Added under the square root; the default of PyTorch. */
    static final double EPSILON = 1e-5;

    /** {@code z [B,N,d] -> [B,N,d]}. */
    Tensor apply(String name, Tensor z) {
        return g.scoped(
                name,
                () -> {
                    Tensor scale = parameters.get(name + ".scale");
                    if (kind == Norm.RMS) {
                        return g.fuses()
                                ? g.apply(new RootMeanSquareNorm(EPSILON), z, scale)
                                : g.mul(unitPower(z), scale);
                    }
                    Tensor shift = parameters.get(name + ".shift");
                    if (g.fuses()) {
                        return g.apply(new LayerNorm(EPSILON), z, scale, shift);
                    }
                    Tensor centred = g.sub(z, g.reduceMean(z, true, -1));
                    return g.add(g.mul(unitPower(centred), scale), shift);
                });
    }

    private Tensor unitPower(Tensor z) {
        Tensor power = g.reduceMean(g.mul(z, z), true, -1);
        return g.div(z, g.sqrt(g.add(power, EPSILON)));
    }
}
