package io.tickformer.inference.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.graph.ElementType;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.onnx.OnnxWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GraphRunnerTest {
    /** {@code sum = a + b} and {@code twice = 2 a}, both [B,2]. */
    private static byte[] graph(ElementType type) {
        GraphBuilder g = new GraphBuilder(type);
        Tensor a = g.input("a", Shape.batch(2));
        Tensor b = g.input("b", Shape.batch(2));
        g.output("sum", g.add(a, b));
        g.output("twice", g.mul(a, 2));
        return OnnxWriter.write(g.build(), Map.of("key", "value"));
    }

    private static GraphRunner open() {
        return GraphRunner.open(graph(ElementType.FLOAT), RunnerOptions.SERVING);
    }

    @Test
    void outputsAreWrittenIntoTheCallersTensors() {
        try (GraphRunner runner = open();
                HostTensor a = HostTensor.of(new float[] {1, 2, 3, 4}, 2, 2);
                HostTensor b = HostTensor.of(new float[] {10, 20, 30, 40}, 2, 2);
                HostTensor sum = HostTensor.floats(2, 2)) {
            runner.run(Map.of("a", a, "b", b), Map.of("sum", sum));
            assertThat(sum.toFloats()).containsExactly(11, 22, 33, 44);

            a.floats().put(0, 100);
            runner.run(Map.of("a", a, "b", b), Map.of("sum", sum));
            assertThat(sum.toFloats()).containsExactly(110, 22, 33, 44);
        }
    }

    @Test
    void rowsOfATensorAreATensorOverTheSameMemory() {
        try (GraphRunner runner = open();
                HostTensor a = HostTensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
                HostTensor b = HostTensor.floats(3, 2);
                HostTensor sum = HostTensor.floats(3, 2);
                HostTensor lastOfA = a.rows(1, 2);
                HostTensor lastOfB = b.rows(1, 2);
                HostTensor lastOfSum = sum.rows(1, 2)) {
            runner.run(Map.of("a", lastOfA, "b", lastOfB), Map.of("sum", lastOfSum));

            assertThat(lastOfSum.shape()).containsExactly(2, 2);
            assertThat(sum.toFloats()).containsExactly(0, 0, 3, 4, 5, 6);
        }
    }

    @Test
    void withoutTensorsForTheOutputsAllAreReturned() {
        try (GraphRunner runner =
                        GraphRunner.open(graph(ElementType.DOUBLE), RunnerOptions.SERVING);
                HostTensor a = HostTensor.of(new double[] {1, 2}, 1, 2);
                HostTensor b = HostTensor.of(new double[] {0.5, 0.25}, 1, 2)) {
            Map<String, HostTensor> outputs = runner.run(Map.of("a", a, "b", b));

            assertThat(outputs.keySet()).containsExactly("sum", "twice");
            assertThat(outputs.get("sum").toDoubles()).containsExactly(1.5, 2.25);
            assertThat(outputs.get("twice").toDoubles()).containsExactly(2, 4);
            outputs.values().forEach(HostTensor::close);
        }
    }

    @Test
    void theGraphDescribesItself() {
        try (GraphRunner runner = open()) {
            assertThat(runner.inputs().keySet()).containsExactly("a", "b");
            assertThat(runner.inputs().get("a"))
                    .isEqualTo(
                            new TensorSignature(
                                    "a", "FLOAT", List.of(TensorSignature.SYMBOLIC, 2L)));
            assertThat(runner.outputs().keySet()).containsExactly("sum", "twice");
            assertThat(runner.metadata()).containsEntry("key", "value");
            assertThat(runner.provider()).isEqualTo(ExecutionProvider.CPU);
        }
    }

    @Test
    void aTensorThatDoesNotFitIsNamed() {
        try (GraphRunner runner = open();
                HostTensor a = HostTensor.floats(1, 3);
                HostTensor b = HostTensor.floats(1, 2)) {
            assertThatThrownBy(() -> runner.run(Map.of("a", a, "b", b)))
                    .isInstanceOf(InferenceException.class)
                    .hasMessageContaining("invalid dimensions for input: a");
            assertThatThrownBy(() -> runner.run(Map.of("x", b)))
                    .isInstanceOf(InferenceException.class)
                    .hasMessageContaining("Unknown input name x");
        }
    }

    @Test
    void bytesThatAreNoGraphAreRefused() {
        byte[] text = "hello".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> GraphRunner.open(text, RunnerOptions.SERVING))
                .isInstanceOf(InferenceException.class)
                .hasMessageStartingWith("the ONNX file of 5 bytes cannot be opened: ");
    }

    @Test
    void closingTwiceIsClosingOnceAndRunningAfterwardsIsAnError() {
        GraphRunner runner = open();
        runner.close();
        runner.close();

        assertThatThrownBy(() -> runner.run(Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("after it was closed");
    }

    @Test
    void elementsAreReadAsWhatTheyAreOnly() {
        try (HostTensor longs = HostTensor.of(new long[] {1, 2}, 2)) {
            assertThat(longs.toLongs()).containsExactly(1, 2);
            assertThatThrownBy(longs::floats)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the tensor's elements are INT64; asked for FLOAT");
        }
    }
}
