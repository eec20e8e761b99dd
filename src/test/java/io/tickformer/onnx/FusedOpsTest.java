package io.tickformer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.tickformer.graph.Dim;
import io.tickformer.graph.ElementType;
import io.tickformer.graph.FusedOp.BufferedAttention;
import io.tickformer.graph.FusedOp.LayerNorm;
import io.tickformer.graph.FusedOp.RootMeanSquareNorm;
import io.tickformer.graph.FusedOp.RotaryEmbedding;
import io.tickformer.graph.FusedOp.TanhGelu;
import io.tickformer.graph.Graph;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.graph.TensorData;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.model.IncrementalGraphs;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.TestModels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A fused op is what the standard ops compute that it stands for; and no file holds one. */
class FusedOpsTest {
    private static final int WIDTH = 16;
    private static final int ROWS = 5;
    private static final double EPSILON = 1e-5;

    private static float[] random(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (2 * random.nextGaussian());
        }
        return values;
    }

    /** Compares the outputs {@code fused} and {@code plain} of a graph over {@code x [B,1,d]}. */
    private static void assertEqual(GraphBuilder g, Tensor fused, Tensor plain) {
        g.output("fused", fused);
        g.output("plain", plain);
        try (GraphRunner runner = open(g.build());
                HostTensor x = HostTensor.of(random(ROWS * WIDTH, 1), ROWS, 1, WIDTH)) {
            Map<String, HostTensor> out = runner.run(Map.of("x", x));
            assertThat(out.get("fused").toFloats())
                    .usingComparatorWithPrecision(1e-5f)
                    .containsExactly(out.get("plain").toFloats());
            out.values().forEach(HostTensor::close);
        }
    }

    private static GraphRunner open(Graph graph) {
        return GraphRunner.open(OnnxWriter.write(graph, Map.of()), RunnerOptions.SERVING);
    }

    private static Tensor x(GraphBuilder g) {
        return g.input("x", Shape.batch(1, WIDTH));
    }

    private static Tensor learned(GraphBuilder g, String name, long seed) {
        return g.initializer(name, TensorData.floats(Shape.of(WIDTH), random(WIDTH, seed)));
    }

    private static Tensor unitPower(GraphBuilder g, Tensor z) {
        Tensor power = g.reduceMean(g.mul(z, z), true, -1);
        return g.div(z, g.sqrt(g.add(power, EPSILON)));
    }

    @Test
    void theNormOfTheRootMeanSquareIsThatOfItsParts() {
        GraphBuilder g = GraphBuilder.fusing();
        Tensor x = x(g);
        Tensor scale = learned(g, "scale", 2);

        assertEqual(
                g,
                g.apply(new RootMeanSquareNorm(EPSILON), x, scale),
                g.mul(unitPower(g, x), scale));
    }

    @Test
    void theNormOfALayerIsThatOfItsParts() {
        GraphBuilder g = GraphBuilder.fusing();
        Tensor x = x(g);
        Tensor scale = learned(g, "scale", 2);
        Tensor shift = learned(g, "shift", 3);
        Tensor centred = g.sub(x, g.reduceMean(x, true, -1));

        assertEqual(
                g,
                g.apply(new LayerNorm(EPSILON), x, scale, shift),
                g.add(g.mul(unitPower(g, centred), scale), shift));
    }

    @Test
    void geluIsItsTanhForm() {
        GraphBuilder g = GraphBuilder.fusing();
        Tensor x = x(g);
        Tensor cube = g.mul(g.mul(x, x), x);
        Tensor u = g.mul(g.add(x, g.mul(cube, 0.044715)), Math.sqrt(2 / Math.PI));

        assertEqual(g, g.apply(new TanhGelu(), x), g.mul(g.mul(x, 0.5), g.add(g.tanh(u), 1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void aRotationTurnsTheHalvesOfEachHead(int heads) {
        int half = WIDTH / heads / 2;
        int angles = 3;
        float[] cosines = new float[angles * half];
        float[] sines = new float[angles * half];
        for (int i = 0; i < cosines.length; i++) {
            cosines[i] = (float) Math.cos(i + 1);
            sines[i] = (float) Math.sin(i + 1);
        }
        long[] rows = {2, 0, 1, 2, 0};
        float[] x = random(ROWS * WIDTH, 1);
        GraphBuilder g = GraphBuilder.fusing();
        Tensor turned =
                g.apply(
                        new RotaryEmbedding(heads),
                        x(g),
                        g.input("rows", ElementType.INT64, Shape.batch(1)),
                        g.initializer("cos", TensorData.floats(Shape.of(angles, half), cosines)),
                        g.initializer("sin", TensorData.floats(Shape.of(angles, half), sines)));
        g.output("turned", turned);

        float[] actual;
        try (GraphRunner runner = open(g.build());
                HostTensor fedX = HostTensor.of(x, ROWS, 1, WIDTH);
                HostTensor fedRows = HostTensor.of(rows, ROWS, 1)) {
            HostTensor out = runner.run(Map.of("x", fedX, "rows", fedRows)).get("turned");
            actual = out.toFloats();
            out.close();
        }

        for (int b = 0; b < ROWS; b++) {
            for (int head = 0; head < heads; head++) {
                for (int i = 0; i < half; i++) {
                    int first = b * WIDTH + head * 2 * half + i;
                    float cos = cosines[(int) rows[b] * half + i];
                    float sin = sines[(int) rows[b] * half + i];
                    assertThat(actual[first])
                            .isEqualTo(x[first] * cos - x[first + half] * sin, within(1e-5f));
                    assertThat(actual[first + half])
                            .isEqualTo(x[first + half] * cos + x[first] * sin, within(1e-5f));
                }
            }
        }
    }

    /** Of heads of eight, {@code [B,h,W,8]} buffers whose unused places hold no numbers. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 4", "2, 1", "2, 2", "2, 9", "3, 5"})
    void attentionGathersFromTheTokensBeforeThePlaceOfTheNewOneAndFromItself(
            int heads, int window) {
        int width = heads * 8;
        float[] query = random(ROWS * width, 1);
        float[] key = random(ROWS * width, 2);
        float[] value = random(ROWS * width, 3);
        float[] keys = random(ROWS * width * window, 4);
        float[] values = random(ROWS * width * window, 5);
        int[] counts = new int[ROWS];
        for (int b = 0; b < ROWS; b++) {
            counts[b] = b % window;
            for (int head = 0; head < heads; head++) {
                int end = ((b * heads + head) * window + window) * 8;
                for (int i = end - (window - counts[b]) * 8; i < end; i++) {
                    keys[i] = Float.NaN;
                    values[i] = Float.NaN;
                }
            }
        }

        Map<String, float[]> actual =
                attention(heads, window, query, key, value, keys, values, counts);

        for (int b = 0; b < ROWS; b++) {
            for (int head = 0; head < heads; head++) {
                int token = (b * heads + head) * 8;
                int buffer = token * window;
                int place = buffer + counts[b] * 8;
                System.arraycopy(key, token, keys, place, 8);
                System.arraycopy(value, token, values, place, 8);
                double[] expected = gather(query, token, keys, values, buffer, counts[b] + 1);
                for (int i = 0; i < 8; i++) {
                    assertThat((double) actual.get("gathered")[token + i])
                            .isEqualTo(expected[i], within(1e-5));
                }
            }
        }
        // Extended where they lie; what was not written is as it was.
        assertThat(actual.get("keys")).containsExactly(keys);
        assertThat(actual.get("values")).containsExactly(values);
    }

    private static Map<String, float[]> attention(
            int heads,
            int window,
            float[] query,
            float[] key,
            float[] value,
            float[] keys,
            float[] values,
            int[] counts) {
        int width = heads * 8;
        GraphBuilder g = GraphBuilder.fusing();
        Shape token = Shape.batch(1, width);
        Shape buffer = Shape.batch(heads, window, 8);
        List<Tensor> results =
                g.applyAll(
                        new BufferedAttention(heads),
                        List.of(
                                g.input("query", token),
                                g.input("key", token),
                                g.input("value", token),
                                g.input("keys", buffer),
                                g.input("values", buffer),
                                g.input("count", ElementType.INT32, new Shape(List.of(Dim.BATCH))),
                                g.constant(TensorData.ints(Shape.SCALAR, window))));
        g.output("gathered", results.get(0));
        g.output("keys.extended", results.get(1));
        g.output("values.extended", results.get(2));
        Map<String, HostTensor> in = new LinkedHashMap<>();
        in.put("query", HostTensor.of(query, ROWS, 1, width));
        in.put("key", HostTensor.of(key, ROWS, 1, width));
        in.put("value", HostTensor.of(value, ROWS, 1, width));
        in.put("keys", HostTensor.of(keys, ROWS, heads, window, 8));
        in.put("values", HostTensor.of(values, ROWS, heads, window, 8));
        in.put("count", HostTensor.ints(ROWS));
        in.get("count").ints().put(counts);
        Map<String, HostTensor> out = new LinkedHashMap<>();
        out.put("gathered", HostTensor.floats(ROWS, 1, width));
        out.put("keys.extended", in.get("keys"));
        out.put("values.extended", in.get("values"));
        try (GraphRunner runner = open(g.build())) {
            runner.run(in, out);
            return Map.of(
                    "gathered", out.get("gathered").toFloats(),
                    "keys", in.get("keys").toFloats(),
                    "values", in.get("values").toFloats());
        } finally {
            in.values().forEach(HostTensor::close);
            out.get("gathered").close();
        }
    }

    private static double[] gather(
            float[] query, int token, float[] keys, float[] values, int buffer, int tokens) {
        double[] weights = new double[tokens];
        double sum = 0;
        for (int n = 0; n < tokens; n++) {
            double product = 0;
            for (int i = 0; i < 8; i++) {
                product += query[token + i] * keys[buffer + n * 8 + i];
            }
            weights[n] = Math.exp(product);
            sum += weights[n];
        }
        double[] gathered = new double[8];
        for (int n = 0; n < tokens; n++) {
            for (int i = 0; i < 8; i++) {
                gathered[i] += weights[n] / sum * values[buffer + n * 8 + i];
            }
        }
        return gathered;
    }

    @Test
    void noExportedFileHoldsAFusedOp() throws Exception {
        for (ForecastSpec spec : TestModels.everyArchitecture().values()) {
            byte[] onnx = TestModels.transformer(spec, 1);

            OnnxCheck.requireOwn(OnnxFile.read(onnx));
            assertThat(ModelProto.parseFrom(onnx).getGraph().getNodeList())
                    .extracting(NodeProto::getDomain)
                    .containsOnly("");
        }
    }

    @Test
    void aGraphOfFusedOpsIsNoFileOfOurs() {
        ForecastSpec spec = TestModels.STREAMING;
        IncrementalGraphs graphs = new IncrementalGraphs(spec);
        float[] weights = TestModels.weights(spec, 1);

        for (Graph graph : List.of(graphs.incremental(weights), graphs.prefill(weights))) {
            assertThat(OnnxCheck.problemsOfOwnFile(OnnxWriter.write(graph, Map.of())))
                    .anyMatch(problem -> problem.contains("com.microsoft"));
        }
    }

    @Test
    void aGraphOfFusedOpsIsWrittenAsTheSameBytes() {
        IncrementalGraphs graphs = new IncrementalGraphs(TestModels.STREAMING);
        float[] weights = TestModels.weights(TestModels.STREAMING, 1);

        assertThat(OnnxWriter.write(graphs.incremental(weights), Map.of()))
                .isEqualTo(OnnxWriter.write(graphs.incremental(weights), Map.of()));
    }
}
