package io.tickformer.model;

import io.tickformer.graph.Dim;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.model.Initialisation.Repeated;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SeasonalPath;
import java.util.ArrayList;
import java.util.List;

/**
 * A network with a {@link SeasonalPath} around it: the values at the same tick of the last K
 * seasons, weighted by {@code [J,K]} learned weights, are added to every quantile and to the mean
 * of the steps that lie j seasons ahead. All channels share the weights. They are initialised to
 * the mean of the last seven seasons, one week if a season is a day. If a season is one tick, they
 * are initialised to the last value.
 */
final class SeasonalNetwork implements Network {
    private static final String WEIGHT = "seasonal.weight";
    private static final int NEWEST = 7;

    private final Network inner;
    private final ForecastSpec spec;
    private final SeasonalPath path;
    private final ParameterLayout layout;

    /**
     * @param inner the network inside the path; its layout is extended
     */
    SeasonalNetwork(Network inner) {
        this.inner = inner;
        this.spec = inner.spec();
        this.path = spec.seasonalPath();
        this.layout = inner.layout();
        layout.add(
                WEIGHT,
                Shape.of(path.seasonsAhead(spec.horizon()), path.seasons()),
                new Repeated(meanOfTheNewest(path)));
    }

    /** One row of initial weights, the oldest season first. */
    private static List<Double> meanOfTheNewest(SeasonalPath path) {
        int seasons = path.seasons();
        int newest = path.seasonLength() == 1 ? 1 : Math.min(seasons, NEWEST);
        List<Double> weights = new ArrayList<>();
        for (int k = 0; k < seasons; k++) {
            weights.add(k < seasons - newest ? 0 : 1.0 / newest);
        }
        return weights;
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
        NetworkOutputs beside = inner.forward(g, parameters, inputs, dropout, probe, wanted);
        return beside(g, beside, repeated(g, parameters, inputs.recent(), wanted));
    }

    @Override
    public NetworkOutputs forwardIncremental(
            GraphBuilder g, ParameterTensors parameters, IncrementalInputs inputs, int firstLayer) {
        NetworkOutputs beside = inner.forwardIncremental(g, parameters, inputs, firstLayer);
        return beside(g, beside, repeated(g, parameters, inputs.token().recent(), 1));
    }

    private static NetworkOutputs beside(GraphBuilder g, NetworkOutputs answer, Tensor repeated) {
        return new NetworkOutputs(
                g.add(answer.quantiles(), g.unsqueeze(repeated, -1)),
                g.add(answer.mean(), repeated));
    }

    /** {@code [B,M,C R] -> [B,M,C H]}. */
    private Tensor repeated(
            GraphBuilder g, ParameterTensors parameters, Tensor recent, int wanted) {
        int seasonLength = path.seasonLength();
        int ahead = path.seasonsAhead(spec.horizon());
        Dim batch = recent.shape().dim(0);
        long rows = (long) wanted * spec.channelCount(); // M C
        Shape bySeason = Shape.of(batch, rows, path.seasons(), seasonLength); // [B,M C,K,S]
        Tensor seasons = g.reshape(recent, bySeason);
        Tensor weighed = g.matMul(parameters.get(WEIGHT), seasons); // [B,M C,J,S]
        Tensor steps = g.reshape(weighed, Shape.of(batch, rows, (long) ahead * seasonLength));
        Tensor horizon = g.slice(steps, -1, 0, spec.horizon()); // [B,M C,H]
        return spec.channelCount() == 1
                ? horizon
                : g.reshape(horizon, Shape.of(batch, wanted, spec.outputSteps()));
    }
}
