package io.tickformer.model;

import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.spec.TransformerArchitecture;
import io.tickformer.spec.TransformerArchitecture.PositionEncoding;

/**
 * Scaled dot-product self-attention with h heads (Vaswani et al. 2017, section 3.2): {@code
 * softmax(Q K^T / sqrt(d/h) + mask) V}, the heads concatenated, then the output projection.
 */
record SelfAttention(
        GraphBuilder g,
        ParameterTensors parameters,
        TransformerArchitecture architecture,
        AttentionProbe probe) {

    /**
     * Computes the attention of the last M tokens over all N.
     *
     * @param layer from 0; names the parameters
     * @param z {@code [B,N,d]}
     * @param first position in the window of the first of the N tokens
     * @param allowed the attention mask, {@code [B,1,M,N]}, bool
     * @return {@code [B,M,d]}
     */
    Tensor apply(int layer, Tensor z, int first, Tensor allowed) {
        String name = Transformer.block(layer) + ".attention";
        int tokens = Math.toIntExact(z.shape().size(1)); // N
        int queries = Math.toIntExact(allowed.shape().size(-2)); // M
        Tensor asking = last(g, z, queries); // [B,M,d]

        Tensor q = heads(project(asking, name + ".query")); // [B,h,M,d/h]
        Tensor k = heads(project(z, name + ".key")); // [B,h,N,d/h]
        Tensor v = heads(project(z, name + ".value")); // [B,h,N,d/h]
        if (architecture.positions() == PositionEncoding.ROTARY) {
            q = Positions.rotate(g, q, first + tokens - queries);
            k = Positions.rotate(g, k, first);
        }
        probe.keysAndValues(layer, k, v);
        Tensor scaled = g.mul(q, 1 / Math.sqrt(architecture.headWidth()));
        Tensor scores = g.matMul(scaled, g.transposeLast(k)); // [B,h,M,N]
        Tensor masked = g.where(allowed, scores, g.scalar(Double.NEGATIVE_INFINITY));
        Tensor weights = g.softmax(masked, -1); // [B,h,M,N]
        probe.attention(layer, weights);

        Tensor gathered = g.transpose(g.matMul(weights, v), 0, 2, 1, 3); // [B,M,h,d/h]
        Tensor joined =
                g.reshape(gathered, Shape.of(z.shape().dim(0), queries, architecture.width()));
        return architecture.heads() == 1 ? joined : project(joined, name + ".output");
    }

    /** The last M tokens of {@code z [B,N,d]}. */
    static Tensor last(GraphBuilder g, Tensor z, long count) {
        long tokens = z.shape().size(1);
        return count == tokens ? z : g.slice(z, 1, tokens - count, tokens);
    }

    private Tensor project(Tensor z, String parameter) {
        return g.matMul(z, parameters.get(parameter));
    }

    /** {@code [B,N,d] -> [B,h,N,d/h]}. */
    private Tensor heads(Tensor x) {
        Shape split =
                Shape.of(
                        x.shape().dim(0),
                        x.shape().size(1),
                        architecture.heads(),
                        architecture.headWidth());
        return g.transpose(g.reshape(x, split), 0, 2, 1, 3);
    }
}
