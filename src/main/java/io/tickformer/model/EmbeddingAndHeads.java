package io.tickformer.model;

import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.model.Initialisation.Normal;
import io.tickformer.model.Initialisation.Repeated;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.NormalQuantile;

/**
 * The embedding and the output heads, the same for all networks over tokens of width d. The
 * embedding is a linear map of {@code concat(values * observed, observed, features)}. Two linear
 * heads compute the quantiles and the mean of each horizon step. In a multivariate model, all
 * channels of a tick are part of one token: the embedding mixes them, and the heads forecast each
 * of them.
 *
 * @param width d
 */
record EmbeddingAndHeads(ForecastSpec spec, int width) {
    private static final String EMBED = "embed.weight";
    private static final String EMBED_BIAS = "embed.bias";
    private static final String QUANTILES = "head.quantiles.weight";
    private static final String QUANTILES_BIAS = "head.quantiles.bias";
    private static final String MEAN = "head.mean.weight";
    private static final String MEAN_BIAS = "head.mean.bias";

    /**
     * Standard deviation of the initial head weights. It is small, so that forecasts are close to
     * their biases before training.
     */
    private static final double HEAD_DEVIATION = 0.02;

    void addEmbedding(ParameterLayout layout) {
        layout.linear(EMBED, 2 * spec.tokenValues() + spec.tokenFeatures(), width, 1);
        layout.add(EMBED_BIAS, Shape.of(width), Repeated.ZERO);
    }

    void addHeads(ParameterLayout layout) {
        int steps = spec.outputSteps();
        long quantiles = steps * (long) spec.quantileLevels().size();
        layout.add(QUANTILES, Shape.of(width, quantiles), new Normal(HEAD_DEVIATION));
        layout.add(QUANTILES_BIAS, Shape.of(quantiles), normalQuantiles(spec));
        layout.add(MEAN, Shape.of(width, steps), new Normal(HEAD_DEVIATION));
        layout.add(MEAN_BIAS, Shape.of(steps), Repeated.ZERO);
    }

    /**
     * The initial biases of the quantiles: in the frame of the last tick the location is 0 and the
     * scale is 1, so the best guess before training is the standard normal distribution at every
     * step.
     */
    static Initialisation normalQuantiles(ForecastSpec spec) {
        return new Repeated(spec.quantileLevels().stream().map(NormalQuantile::of).toList());
    }

    /** {@code [B,N,C P] x 2, [B,N,G] -> [B,N,d]}. */
    Tensor embed(GraphBuilder g, ParameterTensors parameters, TokenInputs inputs) {
        Tensor known = g.mul(inputs.values(), inputs.observed());
        Tensor token = g.concat(-1, known, inputs.observed(), inputs.features());
        return linear(g, token, parameters, EMBED, EMBED_BIAS);
    }

    /** {@code [B,M,d] -> [B,M,C H,Q] and [B,M,C H]}. */
    NetworkOutputs heads(GraphBuilder g, ParameterTensors parameters, Tensor z) {
        Tensor quantiles = linear(g, z, parameters, QUANTILES, QUANTILES_BIAS);
        Shape byStep =
                Shape.of(
                        z.shape().dim(0),
                        z.shape().size(1),
                        spec.outputSteps(),
                        spec.quantileLevels().size());
        Tensor mean = linear(g, z, parameters, MEAN, MEAN_BIAS);
        return new NetworkOutputs(g.reshape(quantiles, byStep), mean);
    }

    private static Tensor linear(
            GraphBuilder g, Tensor x, ParameterTensors parameters, String weight, String bias) {
        if (g.fuses() && x.shape().size(1) == 1) {
            // ONNX Runtime fuses the bias into the matrix product, but only for matrices.
            return g.unsqueeze(plain(g, g.squeeze(x, 1), parameters, weight, bias), 1);
        }
        return plain(g, x, parameters, weight, bias);
    }

    private static Tensor plain(
            GraphBuilder g, Tensor x, ParameterTensors parameters, String weight, String bias) {
        return g.add(g.matMul(x, parameters.get(weight)), parameters.get(bias));
    }
}
