package io.tickformer.benchmark.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;

import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.TransformerArchitecture;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The streaming transformer and its loss written against DJL's arrays, op for op the network of
 * {@code io.tickformer.model}. Constants are arrays, as {@code NDArray.mul(Number)} loses gradients
 * in DJL 0.35.1.
 */
final class PyTorchTransformer {
    private final ForecastSpec spec;
    private final TransformerArchitecture architecture;
    private final double meanWeight;
    private final boolean fusedGelu;
    private final NDManager manager;
    private final NDArray half;
    private final NDArray epsilon;
    private final NDArray headScale;
    private final NDArray blocking;
    private final NDArray within;
    private final NDArray self;
    private final NDArray cosines;
    private final NDArray sines;
    private final NDArray levels;
    private final NDArray shareOfLevel;
    private final NDArray weightOfMean;
    private final NDArray geluSlope;
    private final NDArray geluCube;

    PyTorchTransformer(NDManager manager, ForecastSpec spec, double meanWeight, boolean fusedGelu) {
        this.manager = manager;
        this.spec = spec;
        this.architecture = spec.transformer();
        this.meanWeight = meanWeight;
        this.fusedGelu = fusedGelu;
        int tokens = spec.tokens();
        int pairs = architecture.headWidth() / 2;
        half = manager.create(0.5f);
        epsilon = manager.create(1e-5f);
        headScale = manager.create((float) (1 / Math.sqrt(architecture.headWidth())));
        blocking = manager.create(-1e9f);
        double slope = 2 * Math.sqrt(2 / Math.PI);
        geluSlope = manager.create((float) slope);
        geluCube = manager.create((float) (slope * 0.044715));
        boolean[] allowed = new boolean[tokens * tokens];
        boolean[] own = new boolean[tokens * tokens];
        float[] cosine = new float[tokens * pairs];
        float[] sine = new float[tokens * pairs];
        for (int query = 0; query < tokens; query++) {
            for (int key = 0; key <= query; key++) {
                allowed[query * tokens + key] =
                        architecture.attendsToAll() || query - key < architecture.attentionWindow();
                own[query * tokens + key] = query == key;
            }
            for (int i = 0; i < pairs; i++) {
                double angle = query * Math.pow(10_000, -1.0 * i / pairs);
                cosine[query * pairs + i] = (float) Math.cos(angle);
                sine[query * pairs + i] = (float) Math.sin(angle);
            }
        }
        within = manager.create(allowed, new Shape(tokens, tokens));
        self = manager.create(own, new Shape(tokens, tokens));
        cosines = manager.create(cosine, new Shape(tokens, pairs));
        sines = manager.create(sine, new Shape(tokens, pairs));
        List<Double> all = spec.quantileLevels();
        float[] asFloats = new float[all.size()];
        for (int i = 0; i < asFloats.length; i++) {
            asFloats[i] = all.get(i).floatValue();
        }
        levels = manager.create(asFloats);
        shareOfLevel = manager.create(1f / asFloats.length);
        weightOfMean = manager.create((float) meanWeight);
    }

    /** The loss of a batch, a scalar. */
    NDArray loss(Map<String, NDArray> inputs, Function<String, NDArray> parameters) {
        NDArray observed = inputs.get("observed");
        NDArray known = inputs.get("values").mul(observed);
        NDArray token = NDArrays.concat(new NDList(known, observed, inputs.get("features")), -1);
        NDArray z =
                token.matMul(parameters.apply("embed.weight")).add(parameters.apply("embed.bias"));
        long tokens = spec.tokens();
        NDArray exists = inputs.get("present").gt(half).reshape(z.getShape().get(0), 1, 1, tokens);
        NDArray allowed = exists.logicalOr(self).logicalAnd(within); // [B,1,N,N]
        // Added once for all layers: DJL's `where` does not broadcast.
        NDArray blocked = allowed.logicalNot().toType(DataType.FLOAT32, false).mul(blocking);
        for (int layer = 0; layer < architecture.layers(); layer++) {
            String name = "block" + layer;
            NDArray normed = norm(z, parameters.apply(name + ".attention.norm.scale"));
            z = z.add(attention(name + ".attention", normed, blocked, parameters));
            NDArray again = norm(z, parameters.apply(name + ".feedForward.norm.scale"));
            NDArray hidden = again.matMul(parameters.apply(name + ".feedForward.expand"));
            z = z.add(gelu(hidden).matMul(parameters.apply(name + ".feedForward.contract")));
        }
        z = norm(z, parameters.apply("final.norm.scale"));
        NDArray quantiles =
                z.matMul(parameters.apply("head.quantiles.weight"))
                        .add(parameters.apply("head.quantiles.bias"))
                        .reshape(
                                z.getShape().get(0),
                                tokens,
                                spec.horizon(),
                                spec.quantileLevels().size());
        NDArray mean =
                z.matMul(parameters.apply("head.mean.weight"))
                        .add(parameters.apply("head.mean.bias"));
        return lossOf(quantiles, mean, inputs.get("targets"), inputs.get("weights"));
    }

    private NDArray lossOf(NDArray quantiles, NDArray mean, NDArray targets, NDArray weights) {
        NDArray shares = weights.div(weights.sum());
        NDArray error = quantiles.sub(targets.expandDims(-1)); // [B,N,H,Q]
        NDArray above = error.gt(0).toType(DataType.FLOAT32, false).stopGradient();
        NDArray slope = above.sub(levels);
        NDArray pinball = error.mul(slope).mul(shares.mul(shareOfLevel).expandDims(-1)).sum();
        if (meanWeight == 0) {
            return pinball;
        }
        NDArray distance = mean.sub(targets);
        return pinball.add(distance.mul(distance).mul(shares).sum().mul(weightOfMean));
    }

    private NDArray norm(NDArray z, NDArray scale) {
        NDArray power = z.mul(z).mean(new int[] {-1}, true);
        return z.div(power.add(epsilon).sqrt()).mul(scale);
    }

    private NDArray gelu(NDArray x) {
        if (fusedGelu) {
            return Activation.gelu(x);
        }
        NDArray twiceU = x.mul(x.mul(x).mul(geluCube).add(geluSlope));
        return x.mul(Activation.sigmoid(twiceU));
    }

    private NDArray attention(
            String name, NDArray z, NDArray blocked, Function<String, NDArray> parameters) {
        NDArray q = rotated(heads(z.matMul(parameters.apply(name + ".query"))));
        NDArray k = rotated(heads(z.matMul(parameters.apply(name + ".key"))));
        NDArray v = heads(z.matMul(parameters.apply(name + ".value")));
        NDArray scores = q.mul(headScale).matMul(k.transpose(0, 1, 3, 2)); // [B,h,N,N]
        NDArray weights = scores.add(blocked).softmax(-1);
        NDArray gathered = weights.matMul(v).transpose(0, 2, 1, 3);
        NDArray joined = gathered.reshape(z.getShape().get(0), spec.tokens(), architecture.width());
        return architecture.heads() == 1
                ? joined
                : joined.matMul(parameters.apply(name + ".output"));
    }

    private NDArray heads(NDArray x) {
        return x.reshape(
                        x.getShape().get(0),
                        spec.tokens(),
                        architecture.heads(),
                        architecture.headWidth())
                .transpose(0, 2, 1, 3);
    }

    private NDArray rotated(NDArray x) {
        long pairs = architecture.headWidth() / 2;
        NDArray a = x.get(new NDIndex(":, :, :, 0:" + pairs));
        NDArray b = x.get(new NDIndex(":, :, :, " + pairs + ":"));
        return NDArrays.concat(
                new NDList(a.mul(cosines).sub(b.mul(sines)), b.mul(cosines).add(a.mul(sines))), -1);
    }
}
