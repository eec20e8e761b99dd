package io.tickformer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.autodiff.Gradients;
import io.tickformer.graph.Dim;
import io.tickformer.graph.ElementType;
import io.tickformer.graph.Graph;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.model.Dropout;
import io.tickformer.model.NetworkOutputs;
import io.tickformer.model.Parameter;
import io.tickformer.model.ParameterLayout;
import io.tickformer.model.ParameterTensors;
import io.tickformer.model.TokenInputs;
import io.tickformer.model.Transformer;
import io.tickformer.onnx.OnnxWriter;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.TestSpecs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The graph of a step does, in float64, what plain Java does. */
class TrainingGraphsTest {
    private static final ForecastSpec SPEC = TestSpecs.streaming(60_000, 2, 2, 3, 1, 4, 2, 8);
    private static final int BATCH = 2;
    private static final OptimiserSettings SETTINGS =
            OptimiserSettings.builder()
                    .meanWeight(0.3)
                    .dropout(0)
                    .firstDecay(0.9)
                    .secondDecay(0.99)
                    .epsilon(1e-8)
                    .weightDecay(0.05)
                    .clipNorm(1)
                    .averageDecay(0.75)
                    .build();
    private static final double LEARNING_RATE = 0.01;
    private static final long STEP = 3;

    private final ParameterLayout layout = new Transformer(SPEC).layout();
    private final Random random = new Random(2);
    private final double[] parameters = draw(0.3);
    private final double[] first = draw(0.1);
    private final double[] second = squares(draw(0.1));
    private final double[] average = draw(0.3);

    @Test
    void aStepWithAShortGradientIsPlainAdamW() {
        agreesWithPlainJava(1e6);
    }

    @Test
    void aStepWithALongGradientIsClippedFirst() {
        agreesWithPlainJava(1e-3);
    }

    private void agreesWithPlainJava(double clipNorm) {
        try (BatchExample batch = new BatchExample(SPEC, BATCH, 4)) {
            Map<String, HostTensor> tensors = batch.doubles();
            Map<String, double[]> after = step(tensors, clipNorm);
            double[] gradient = gradient(tensors);

            double norm = 0;
            for (double element : gradient) {
                norm += element * element;
            }
            norm = Math.sqrt(norm);
            assertThat(after.get(TrainingGraphs.GRADIENT_NORM)[0]).isCloseTo(norm, within(1e-12));
            double shrink = Math.min(1, clipNorm / norm);
            for (Parameter parameter : layout.parameters()) {
                for (int i = parameter.offset(); i < parameter.end(); i++) {
                    checkElement(after, i, gradient[i] * shrink, parameter);
                }
            }
        }
    }

    /** Loshchilov and Hutter 2019, algorithm 2, line by line. */
    private void checkElement(
            Map<String, double[]> after, int i, double gradient, Parameter parameter) {
        double m = 0.9 * first[i] + 0.1 * gradient;
        double v = 0.99 * second[i] + 0.01 * gradient * gradient;
        double corrected = m / (1 - Math.pow(0.9, STEP));
        double spread = Math.sqrt(v / (1 - Math.pow(0.99, STEP))) + 1e-8;
        double decay = parameter.isMatrix() ? 0.05 * parameters[i] : 0;
        double moved = parameters[i] - LEARNING_RATE * (corrected / spread + decay);

        String place = parameter.name() + " at " + i;
        assertThat(after.get("next_first_moment")[i]).as(place).isCloseTo(m, within(1e-12));
        assertThat(after.get("next_second_moment")[i]).as(place).isCloseTo(v, within(1e-12));
        assertThat(after.get("next_parameters")[i]).as(place).isCloseTo(moved, within(1e-12));
        double averaged = 0.75 * average[i] + 0.25 * moved;
        assertThat(after.get("next_average")[i]).as(place).isCloseTo(averaged, within(1e-12));
    }

    private Map<String, double[]> step(Map<String, HostTensor> batch, double clipNorm) {
        Graph graph = TrainingGraphs.step(SPEC, BATCH, SETTINGS, ElementType.DOUBLE);
        Map<String, HostTensor> inputs = new LinkedHashMap<>(batch);
        inputs.put(TrainingGraphs.PARAMETERS, flat(parameters));
        inputs.put(TrainingGraphs.FIRST_MOMENT, flat(first));
        inputs.put(TrainingGraphs.SECOND_MOMENT, flat(second));
        inputs.put(TrainingGraphs.AVERAGE, flat(average));
        inputs.put(TrainingGraphs.AVERAGE_DECAY, scalar(0.75));
        inputs.put(AdamW.LEARNING_RATE, scalar(LEARNING_RATE));
        inputs.put(AdamW.WEIGHT_DECAY, scalar(0.05));
        inputs.put(AdamW.CLIP_NORM, scalar(clipNorm));
        inputs.put(AdamW.FIRST_CORRECTION, scalar(1 / (1 - Math.pow(0.9, STEP))));
        inputs.put(AdamW.SECOND_CORRECTION, scalar(1 / (1 - Math.pow(0.99, STEP))));
        return run(graph, inputs);
    }

    private double[] gradient(Map<String, HostTensor> batch) {
        GraphBuilder g = new GraphBuilder(ElementType.DOUBLE);
        Tensor flat = g.input(TrainingGraphs.PARAMETERS, Shape.of(layout.size()));
        TokenInputs tokens =
                TokenInputs.declare(g, SPEC, Dim.of(BATCH), SPEC.tokens(), SPEC.tokens());
        NetworkOutputs outputs =
                new Transformer(SPEC)
                        .forward(g, ParameterTensors.views(g, layout, flat), tokens, Dropout.NONE);
        Shape horizon = Shape.of(BATCH, SPEC.tokens(), SPEC.horizon());
        Tensor loss =
                new Loss(SPEC.quantileLevels(), SETTINGS.meanWeight())
                        .mean(
                                g,
                                outputs,
                                g.input(TrainingGraphs.TARGETS, horizon),
                                g.input(TrainingGraphs.WEIGHTS, horizon));
        g.output("gradient", Gradients.of(g, loss, List.of(flat)).get(0));
        Map<String, HostTensor> inputs = new LinkedHashMap<>(batch);
        inputs.put(TrainingGraphs.PARAMETERS, flat(parameters));
        return run(g.build(), inputs).get("gradient");
    }

    private static Map<String, double[]> run(Graph graph, Map<String, HostTensor> inputs) {
        byte[] onnx = OnnxWriter.write(graph, Map.of());
        Map<String, double[]> results = new LinkedHashMap<>();
        try (GraphRunner runner = GraphRunner.open(onnx, RunnerOptions.SERVING)) {
            runner.run(inputs)
                    .forEach(
                            (name, tensor) -> {
                                results.put(name, tensor.toDoubles());
                                tensor.close();
                            });
        }
        return results;
    }

    private static HostTensor flat(double[] elements) {
        return HostTensor.of(elements, elements.length);
    }

    private static HostTensor scalar(double value) {
        return HostTensor.of(new double[] {value});
    }

    private double[] draw(double deviation) {
        return random.doubles(layout.size(), -deviation, deviation).toArray();
    }

    private static double[] squares(double[] values) {
        double[] squares = new double[values.length];
        for (int i = 0; i < squares.length; i++) {
            squares[i] = values[i] * values[i];
        }
        return squares;
    }
}
