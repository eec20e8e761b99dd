package io.tickformer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.graph.ElementType;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.model.NetworkOutputs;
import io.tickformer.onnx.OnnxWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class LossTest {
    private static final List<Double> LEVELS = List.of(0.1, 0.45, 0.9);
    private static final int ITEMS = 2 * 3 * 4;
    private static final double MEAN_WEIGHT = 0.7;

    private final Random random = new Random(8);
    private final double[] quantiles = draw(ITEMS * LEVELS.size());
    private final double[] mean = draw(ITEMS);
    private final double[] targets = draw(ITEMS);
    private final double[] weights = weights();

    @Test
    void theLossIsThatOfPlainLoops() {
        double pinball = 0;
        double squared = 0;
        double total = 0;
        for (int i = 0; i < ITEMS; i++) {
            for (int q = 0; q < LEVELS.size(); q++) {
                double shortfall = targets[i] - quantiles[i * LEVELS.size() + q];
                double level = LEVELS.get(q);
                pinball +=
                        weights[i]
                                * (shortfall >= 0 ? level * shortfall : (level - 1) * shortfall)
                                / LEVELS.size();
            }
            squared += weights[i] * Math.pow(targets[i] - mean[i], 2);
            total += weights[i];
        }

        assertThat(value((g, t) -> loss().mean(g, t.outputs, t.targets, t.weights)))
                .isCloseTo((pinball + MEAN_WEIGHT * squared) / total, within(1e-12));
        assertThat(value((g, t) -> loss().sum(g, t.outputs, t.targets, t.weights)))
                .isCloseTo(pinball + MEAN_WEIGHT * squared, within(1e-12));
        assertThat(value((g, t) -> loss().pinball(g, t.outputs.quantiles(), t.targets, t.weights)))
                .isCloseTo(pinball, within(1e-12));
    }

    @Test
    void errorsOfTheMedianAreThoseOfPlainLoops() {
        double absolute = 0;
        double squared = 0;
        for (int i = 0; i < ITEMS; i++) {
            double error = quantiles[i * LEVELS.size() + 1] - targets[i];
            absolute += weights[i] * Math.abs(error);
            squared += weights[i] * error * error;
        }

        assertThat(
                        value(
                                (g, t) ->
                                        Loss.absoluteError(
                                                g,
                                                loss().median(g, t.outputs.quantiles()),
                                                t.targets,
                                                t.weights)))
                .isCloseTo(absolute, within(1e-12));
        assertThat(
                        value(
                                (g, t) ->
                                        Loss.squaredError(
                                                g,
                                                loss().median(g, t.outputs.quantiles()),
                                                t.targets,
                                                t.weights)))
                .isCloseTo(squared, within(1e-12));
    }

    @Test
    void aBatchWithoutAnyWeightHasLossZero() {
        Arrays.fill(weights, 0);

        assertThat(value((g, t) -> loss().mean(g, t.outputs, t.targets, t.weights))).isZero();
    }

    private static Loss loss() {
        return new Loss(LEVELS, MEAN_WEIGHT);
    }

    private record Operands(NetworkOutputs outputs, Tensor targets, Tensor weights) {}

    private double value(BiFunction<GraphBuilder, Operands, Tensor> function) {
        GraphBuilder g = new GraphBuilder(ElementType.DOUBLE);
        Shape items = Shape.of(2, 3, 4);
        Operands operands =
                new Operands(
                        new NetworkOutputs(
                                g.input("quantiles", Shape.of(2, 3, 4, LEVELS.size())),
                                g.input("mean", items)),
                        g.input("targets", items),
                        g.input("weights", items));
        g.output("value", function.apply(g, operands));
        byte[] onnx = OnnxWriter.write(g.build(), Map.of());
        try (GraphRunner runner = GraphRunner.open(onnx, RunnerOptions.SERVING);
                HostTensor q = HostTensor.of(quantiles, 2, 3, 4, LEVELS.size());
                HostTensor m = HostTensor.of(mean, 2, 3, 4);
                HostTensor y = HostTensor.of(targets, 2, 3, 4);
                HostTensor w = HostTensor.of(weights, 2, 3, 4);
                HostTensor value = HostTensor.of(new double[1])) {
            runner.run(
                    Map.of("quantiles", q, "mean", m, "targets", y, "weights", w),
                    Map.of("value", value));
            return value.toDoubles()[0];
        }
    }

    private double[] draw(int count) {
        return random.doubles(count, -2, 2).toArray();
    }

    private double[] weights() {
        double[] drawn = random.doubles(ITEMS, 0, 1).toArray();
        drawn[5] = 0;
        return drawn;
    }
}
