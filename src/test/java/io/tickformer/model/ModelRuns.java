package io.tickformer.model;

import io.tickformer.graph.Dim;
import io.tickformer.graph.Graph;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.onnx.OnnxWriter;
import io.tickformer.spec.ForecastSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Runs networks of a spec in ONNX Runtime, as tests need them. */
final class ModelRuns {
    private ModelRuns() {}

    /** Parameters none of which is at a special value such as 0 or 1. */
    static float[] parameters(Network network, Random random) {
        float[] flat = network.layout().initialise(random.nextLong());
        for (int i = 0; i < flat.length; i++) {
            flat[i] += (float) (0.1 * random.nextGaussian());
        }
        return flat;
    }

    /** The name under which {@link #everyToken} puts out the attention weights of a layer. */
    static String attention(int layer) {
        return "attention" + layer;
    }

    /** The graph that answers at every token, with the attention weights of each layer. */
    static byte[] everyToken(ForecastSpec spec, float[] flat, int tokens) {
        GraphBuilder g = new GraphBuilder();
        Network network = Networks.of(spec);
        TokenInputs inputs = TokenInputs.declare(g, spec, Dim.BATCH, tokens, tokens);
        NetworkOutputs outputs =
                network.forward(
                        g,
                        ParameterTensors.initializers(g, network.layout(), flat),
                        inputs,
                        Dropout.NONE,
                        (layer, weights) -> g.output(attention(layer), weights));
        g.output(NetworkOutputs.QUANTILES, outputs.quantiles());
        g.output(NetworkOutputs.MEAN, outputs.mean());
        return OnnxWriter.write(g.build(), Map.of());
    }

    /** Runs a graph once. */
    static Map<String, float[]> run(Graph graph, Map<String, HostTensor> feed) {
        return run(OnnxWriter.write(graph, Map.of()), feed);
    }

    /** Runs a graph once. */
    static Map<String, float[]> run(byte[] onnx, Map<String, HostTensor> feed) {
        try (GraphRunner runner = GraphRunner.open(onnx, RunnerOptions.SERVING)) {
            return run(runner, feed);
        }
    }

    /** Runs an open graph once and closes what was fed. */
    static Map<String, float[]> run(GraphRunner runner, Map<String, HostTensor> feed) {
        Map<String, float[]> outputs = new LinkedHashMap<>();
        runner.run(feed)
                .forEach(
                        (name, tensor) -> {
                            outputs.put(name, tensor.toFloats());
                            tensor.close();
                        });
        feed.values().forEach(HostTensor::close);
        return outputs;
    }
}
