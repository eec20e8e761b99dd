package io.tickformer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.graph.Graph;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.graph.TensorData;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.inference.runtime.RunnerOptions;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OnnxWriterTest {
    private static final TensorData WEIGHT = TensorData.floats(Shape.of(3, 2), 1, 2, 3, 4, 5, 6);

    /** A graph with every op at least once. */
    static Graph everyOp() {
        GraphBuilder g = new GraphBuilder();
        Tensor x = g.input("x", Shape.batch(4, 3));
        Tensor w = g.initializer("weight", WEIGHT);
        Tensor y = g.matMul(x, w); // [B,4,2]
        Tensor t = g.transpose(y, 0, 2, 1); // [B,2,4]
        Tensor r = g.reshape(t, Shape.batch(8));
        List<Tensor> parts = g.split(r, 1, 3, 5);
        Tensor c = g.concat(1, parts.get(1), parts.get(0)); // [B,8]
        Tensor s = g.pad(g.slice(c, 1, 2, 6), 1, 1, 3); // [B,8]
        Tensor positive = g.add(g.abs(s), 0.5);
        Tensor mix =
                g.add(
                        g.mul(g.log(positive), g.sqrt(positive)),
                        g.div(g.exp(g.neg(positive)), g.reciprocal(positive)));
        Tensor power = g.pow(positive, g.scalar(1.5));
        Tensor bounded = g.max(g.min(power, mix), g.sub(g.tanh(s), g.sigmoid(g.relu(s))));
        Tensor condition =
                g.or(
                        g.and(g.less(s, c), g.not(g.greater(s, power))),
                        g.or(g.equal(s, c), g.and(g.lessOrEqual(s, c), g.greaterOrEqual(c, mix))));
        Tensor chosen = g.where(condition, bounded, g.sign(c));
        Tensor ones = g.cast(condition, io.tickformer.graph.ElementType.FLOAT);
        Tensor gathered = g.gather(chosen, 1, g.longs(0, 7, 7)); // [B,3]
        Tensor expanded = g.expand(g.unsqueeze(gathered, 1), Shape.batch(5, 3));
        Tensor mean = g.reduceMean(expanded, false, 2); // [B,5]
        Tensor top = g.reduceMax(g.softmax(expanded, -1), true, 1, 2); // [B,1,1]
        Tensor like = g.expandLike(g.scalar(0.25), mean);
        g.output("sum", g.add(g.add(mean, like), g.squeeze(top, 1)));
        g.output("total", g.identity(g.sumAll(ones)));
        return g.build();
    }

    @Test
    void everyOpLoadsAndRuns() {
        byte[] onnx = OnnxWriter.write(everyOp(), Map.of());

        assertThat(OnnxCheck.problemsOfOwnFile(onnx)).isEmpty();
        float[] x = new float[24];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - 11) / 7f;
        }
        try (GraphRunner runner = GraphRunner.open(onnx, RunnerOptions.SERVING);
                HostTensor fed = HostTensor.of(x, 2, 4, 3)) {
            Map<String, HostTensor> out = runner.run(Map.of("x", fed));
            assertThat(out.get("sum").shape()).containsExactly(2, 5);
            assertThat(out.get("sum").toFloats()).doesNotContain(Float.NaN);
            assertThat(out.get("total").toFloats()[0]).isBetween(1f, 16f);
            out.values().forEach(HostTensor::close);
        }
    }

    @Test
    void theSameGraphGivesTheSameBytes() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("b", "2");
        metadata.put("a", "1");
        Map<String, String> otherOrder = new LinkedHashMap<>();
        otherOrder.put("a", "1");
        otherOrder.put("b", "2");

        assertThat(OnnxWriter.write(everyOp(), metadata))
                .isEqualTo(OnnxWriter.write(everyOp(), otherOrder));
    }

    @Test
    void metadataWeightsInputsAndOutputsComeBack() {
        byte[] onnx =
                OnnxWriter.write(
                        everyOp(),
                        Map.of(OnnxWriter.PRODUCER_VERSION_PROPERTY, "1.2.3", "key", "värde"));

        OnnxFile file = OnnxFile.read(onnx);

        assertThat(file.metadata())
                .containsEntry("key", "värde")
                .containsEntry(OnnxWriter.PRODUCER_VERSION_PROPERTY, "1.2.3");
        assertThat(file.producerName()).isEqualTo("tickformer");
        assertThat(file.producerVersion()).isEqualTo("1.2.3");
        assertThat(file.initializers()).containsEntry("weight", WEIGHT);
        assertThat(file.inputs())
                .extracting(TensorInfo::toString)
                .containsExactly("x float[B,4,3]");
        assertThat(file.outputs())
                .extracting(TensorInfo::toString)
                .containsExactly("sum float[B,5]", "total float[]");
    }

    @Test
    void bytesThatAreNoOnnxFileAreRefused() {
        assertThatThrownBy(() -> OnnxFile.read("no model".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(OnnxException.class)
                .hasMessageStartingWith("the given 8 bytes are not an ONNX file");
        assertThatThrownBy(() -> OnnxFile.read(new byte[0]))
                .isInstanceOf(OnnxException.class)
                .hasMessage(
                        "the given 0 bytes are not an ONNX file: they hold no graph or no opset");
    }
}
