package io.tickformer.model;

import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Tensor;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.RecurrentArchitecture;
import io.tickformer.spec.RecurrentArchitecture.Pooling;

/**
 * A recurrent network over the tokens of a series: layers of long short-term memory, then the
 * heads. The layers are unrolled over the N tokens, so that reverse-mode differentiation applies as
 * to any graph (backpropagation through time).
 *
 * <p>With {@link Pooling#LAST} the forecast at token i is computed from hidden state i. With {@link
 * Pooling#ATTENTION} it is computed from a weighted sum of all states up to i, with the weights
 * {@code softmax((h_i W_q) (h_j W_k)^T / sqrt(d))} over j.
 */
final class RecurrentNetwork implements Network {
    private static final String QUERY = "pooling.query";
    private static final String KEY = "pooling.key";

    private final ForecastSpec spec;
    private final RecurrentArchitecture architecture;
    private final EmbeddingAndHeads ends;
    private final ParameterLayout layout;

    RecurrentNetwork(ForecastSpec spec, RecurrentArchitecture architecture) {
        this.spec = spec;
        this.architecture = architecture;
        this.ends = new EmbeddingAndHeads(spec, architecture.width());
        this.layout = layOut();
    }

    private ParameterLayout layOut() {
        int d = architecture.width();
        ParameterLayout all = new ParameterLayout();
        ends.addEmbedding(all);
        for (int layer = 0; layer < architecture.layers(); layer++) {
            LongShortTermMemory.addTo(all, name(layer), d);
        }
        if (architecture.pooling() == Pooling.ATTENTION) {
            all.linear(QUERY, d, d, 1);
            all.linear(KEY, d, d, 1);
        }
        ends.addHeads(all);
        return all;
    }

    private static String name(int layer) {
        return "lstm" + layer;
    }

    @Override
    public ForecastSpec spec() {
        return spec;
    }

    @Override
    public ParameterLayout layout() {
        return layout;
    }

    @Override
    public NetworkOutputs forward(
            GraphBuilder g,
            ParameterTensors parameters,
            TokenInputs inputs,
            Dropout dropout,
            AttentionProbe probe,
            int wanted) {
        Tensor present = g.unsqueeze(inputs.present(), -1); // [B,N,1]
        LongShortTermMemory memory =
                new LongShortTermMemory(g, parameters, architecture.width(), present);
        Tensor z = dropout.apply("embed", ends.embed(g, parameters, inputs)); // [B,N,d]
        for (int layer = 0; layer < architecture.layers(); layer++) {
            String name = name(layer);
            Tensor below = z;
            boolean top = layer == architecture.layers() - 1;
            boolean onlyWanted = top && architecture.pooling() == Pooling.LAST;
            int states = onlyWanted ? wanted : inputs.tokens();
            z = g.scoped(name, () -> dropout.apply(name, memory.apply(name, below, states)));
        }
        if (architecture.pooling() == Pooling.ATTENTION) {
            Tensor states = z;
            z = g.scoped("pooling", () -> pool(g, parameters, inputs, probe, states, wanted));
        }
        return ends.heads(g, parameters, z);
    }

    /** {@code [B,N,d] -> [B,M,d]}. */
    private Tensor pool(
            GraphBuilder g,
            ParameterTensors parameters,
            TokenInputs inputs,
            AttentionProbe probe,
            Tensor states,
            int wanted) {
        Tensor asking = SelfAttention.last(g, states, wanted);
        Tensor q = g.matMul(asking, parameters.get(QUERY)); // [B,M,d]
        Tensor k = g.matMul(states, parameters.get(KEY)); // [B,N,d]
        Tensor scaled = g.mul(q, 1 / Math.sqrt(architecture.width()));
        Tensor scores = g.unsqueeze(g.matMul(scaled, g.transposeLast(k)), 1); // [B,1,M,N]
        Tensor allowed =
                new AttentionMask(g, AttentionMask.ALL, inputs).allowed(wanted, inputs.tokens());
        Tensor masked = g.where(allowed, scores, g.scalar(Double.NEGATIVE_INFINITY));
        Tensor weights = g.softmax(masked, -1); // [B,1,M,N]
        probe.attention(architecture.layers(), weights);
        return g.matMul(g.squeeze(weights, 1), states);
    }
}
