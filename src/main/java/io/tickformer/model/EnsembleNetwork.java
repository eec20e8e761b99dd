package io.tickformer.model;

import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Tensor;
import io.tickformer.spec.EnsembleArchitecture;
import io.tickformer.spec.ForecastSpec;
import java.util.function.IntFunction;

/**
 * The mean of the forecasts of several networks. The parameters of member i have the prefix {@code
 * member<i>.}. The flat vector is the concatenation of those of the members.
 */
final class EnsembleNetwork implements Network {
    private final ForecastSpec spec;
    private final EnsembleArchitecture architecture;
    private final Network member;
    private final ParameterLayout layout;

    EnsembleNetwork(ForecastSpec spec, EnsembleArchitecture architecture) {
        this.spec = spec;
        this.architecture = architecture;
        this.member = Networks.of(spec.withNetwork(architecture.member()));
        this.layout = new ParameterLayout();
        for (int i = 0; i < architecture.members(); i++) {
            for (Parameter parameter : member.layout().parameters()) {
                layout.add(
                        prefix(i) + parameter.name(),
                        parameter.shape(),
                        parameter.initialisation());
            }
        }
    }

    private static String prefix(int index) {
        return "member" + index + ".";
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
        ProbeOfAll probeOfAll = new ProbeOfAll(probe);
        return mean(
                g,
                i ->
                        member.forward(
                                g,
                                name -> parameters.get(prefix(i) + name),
                                inputs,
                                (site, x) -> dropout.apply(prefix(i) + site, x),
                                probeOfAll,
                                wanted));
    }

    @Override
    public NetworkOutputs forwardIncremental(
            GraphBuilder g, ParameterTensors parameters, IncrementalInputs inputs, int firstLayer) {
        int layers = CacheLayout.of(spec.withNetwork(architecture.member())).layers();
        return mean(
                g,
                i ->
                        member.forwardIncremental(
                                g,
                                name -> parameters.get(prefix(i) + name),
                                inputs,
                                firstLayer + i * layers));
    }

    private NetworkOutputs mean(GraphBuilder g, IntFunction<NetworkOutputs> answer) {
        Tensor quantiles = null;
        Tensor mean = null;
        for (int i = 0; i < architecture.members(); i++) {
            int index = i;
            NetworkOutputs own = g.scoped("member" + i, () -> answer.apply(index));
            quantiles = quantiles == null ? own.quantiles() : g.add(quantiles, own.quantiles());
            mean = mean == null ? own.mean() : g.add(mean, own.mean());
        }
        double share = 1.0 / architecture.members();
        return new NetworkOutputs(g.mul(quantiles, share), g.mul(mean, share));
    }

    /** Numbers the layers of one member after those of the previous one. */
    private static final class ProbeOfAll implements AttentionProbe {
        private final AttentionProbe probe;
        private int next;

        ProbeOfAll(AttentionProbe probe) {
            this.probe = probe;
        }

        @Override
        public void attention(int layer, Tensor weights) {
            probe.attention(next++, weights);
        }

        @Override
        public void keysAndValues(int layer, Tensor keys, Tensor values) {
            probe.keysAndValues(next, keys, values);
        }
    }
}
