package io.tickformer.training;

import io.tickformer.graph.Dim;
import io.tickformer.graph.Graph;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.model.Dropout;
import io.tickformer.model.Network;
import io.tickformer.model.NetworkOutputs;
import io.tickformer.model.Networks;
import io.tickformer.model.ParameterTensors;
import io.tickformer.model.TokenInputs;
import io.tickformer.onnx.OnnxCheck;
import io.tickformer.onnx.OnnxException;
import io.tickformer.onnx.OnnxFile;
import io.tickformer.onnx.OnnxWriter;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.LibraryVersion;
import io.tickformer.spec.ModelMetadata;
import io.tickformer.spec.SpecJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Creates the model file from trained parameters, and verifies that it computes the same forecasts
 * as the training graph.
 */
final class ModelExport {
    /** Two graphs of the same network may add in a different order. */
    private static final double TOLERANCE = 1e-4;

    private static final int VERSION_DIGITS = 12;

    private final ForecastSpec spec;
    private final Network network;
    private final float[] parameters;
    private final BiFunction<Graph, Map<String, String>, byte[]> writer;

    /**
     * @param parameters the trained parameters, flat
     */
    ModelExport(ForecastSpec spec, float[] parameters) {
        this(spec, parameters, OnnxWriter::write);
    }

    /**
     * @param writer serialises a graph and its metadata
     */
    ModelExport(
            ForecastSpec spec,
            float[] parameters,
            BiFunction<Graph, Map<String, String>, byte[]> writer) {
        this.spec = spec;
        this.writer = writer;
        this.network = Networks.of(spec);
        this.parameters = parameters;
    }

    /** Version of the model: a hash of the canonical JSON of its spec and of its parameters. */
    String version() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        ByteBuffer bytes = ByteBuffer.allocate(parameters.length * Float.BYTES);
        bytes.asFloatBuffer().put(parameters);
        digest.update(SpecJson.write(spec).getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
        return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
    }

    /**
     * Returns the content of the file after checking its structure.
     *
     * @param name name of the model
     * @param dataFingerprint SHA-256 of the training data
     * @param baseModel name and version of the model it was fine-tuned from; empty for none
     * @throws OnnxException if the structure is wrong, which is a bug
     */
    byte[] write(String name, String dataFingerprint, String baseModel) {
        ModelMetadata metadata =
                new ModelMetadata(
                        spec,
                        name,
                        version(),
                        dataFingerprint,
                        LibraryVersion.current(),
                        baseModel);
        byte[] file = writer.apply(network.window(parameters), metadata.toProperties());
        OnnxCheck.requireOwn(OnnxFile.read(file));
        return file;
    }

    /**
     * Runs the file and the training graph on the same windows and compares their outputs.
     *
     * @throws IllegalStateException if an output of the last token differs
     */
    void verify(byte[] file, WindowBatch batch) {
        int size = batch.size();
        Map<String, HostTensor> tokens = batch.inputs();
        Map<String, HostTensor> last = new LinkedHashMap<>(tokens);
        last.computeIfPresent(TokenInputs.RECENT, (name, recent) -> ofLastToken(recent, size));
        byte[] trained = OnnxWriter.write(trainedGraph(size), Map.of());
        try (GraphRunner exportedRunner = GraphRunner.open(file, RunnerOptions.SERVING);
                GraphRunner trainedRunner = GraphRunner.open(trained, RunnerOptions.SERVING);
                HostTensor flat = HostTensor.of(parameters, parameters.length)) {
            Map<String, HostTensor> exported = exportedRunner.run(last);
            tokens.put(TrainingGraphs.PARAMETERS, flat);
            Map<String, HostTensor> expected = trainedRunner.run(tokens);
            for (String output : new String[] {NetworkOutputs.QUANTILES, NetworkOutputs.MEAN}) {
                compare(
                        output,
                        exported.get(output).toFloats(),
                        expected.get(output).toFloats(),
                        size);
            }
            exported.values().forEach(HostTensor::close);
            expected.values().forEach(HostTensor::close);
        }
        if (last.containsKey(TokenInputs.RECENT)) {
            last.get(TokenInputs.RECENT).close();
        }
    }

    /** {@code [B,N,C R] -> [B,C R]}. */
    private HostTensor ofLastToken(HostTensor recent, int size) {
        int past = spec.recentValues();
        float[] all = recent.toFloats();
        int window = all.length / size;
        float[] last = new float[size * past];
        for (int i = 0; i < size; i++) {
            System.arraycopy(all, (i + 1) * window - past, last, i * past, past);
        }
        return HostTensor.of(last, size, past);
    }

    /** The training graph without its loss: outputs at every token. */
    private Graph trainedGraph(int size) {
        GraphBuilder g = new GraphBuilder();
        TokenInputs tokens =
                TokenInputs.declare(g, spec, Dim.of(size), spec.tokens(), spec.tokens());
        ParameterTensors views =
                ParameterTensors.views(
                        g,
                        network.layout(),
                        g.input(TrainingGraphs.PARAMETERS, Shape.of(parameters.length)));
        NetworkOutputs outputs = network.forward(g, views, tokens, Dropout.NONE);
        g.output(NetworkOutputs.QUANTILES, outputs.quantiles());
        g.output(NetworkOutputs.MEAN, outputs.mean());
        return g.build();
    }

    /** Compares {@code [B,...]} of the last token with the last token of {@code [B,N,...]}. */
    private void compare(String output, float[] exported, float[] everyToken, int size) {
        int row = exported.length / size;
        int rowOfAll = everyToken.length / size;
        for (int window = 0; window < size; window++) {
            float[] last =
                    Arrays.copyOfRange(
                            everyToken, (window + 1) * rowOfAll - row, (window + 1) * rowOfAll);
            for (int i = 0; i < row; i++) {
                float actual = exported[window * row + i];
                double allowed = TOLERANCE * Math.max(1, Math.abs(last[i]));
                // Written so that a NaN fails.
                if (!(Math.abs(actual - last[i]) <= allowed)) {
                    throw new IllegalStateException(
                            "the exported model's %s differ from the trained ones: %s instead of %s"
                                    .formatted(output, actual, last[i]));
                }
            }
        }
    }
}
