package io.tickformer.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.graph.ElementType;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.onnx.OnnxWriter;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * Compares the gradient of a function, as {@link Gradients} builds it, with central differences,
 * both computed in float64 by ONNX Runtime. What the function returns is made a loss by weights
 * drawn at random, so that no error cancels.
 *
 * <p>Differences are of fourth order, {@code (f(x-2h) - 8f(x-h) + 8f(x+h) - f(x+2h)) / 12h}: their
 * own error at the chosen h is far below what is tolerated.
 */
public final class GradientCheck {
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-6;
    private static final int ALL = Integer.MAX_VALUE;

    private final BiFunction<GraphBuilder, List<Tensor>, Tensor> function;
    private final Random random;
    private final List<Shape> declared = new ArrayList<>();
    private final List<HostTensor> inputs = new ArrayList<>();
    private final List<Boolean> checked = new ArrayList<>();

    private GradientCheck(BiFunction<GraphBuilder, List<Tensor>, Tensor> function, long seed) {
        this.function = function;
        this.random = new Random(seed);
    }

    /** A check of a function of the inputs that are given next. */
    public static GradientCheck of(BiFunction<GraphBuilder, List<Tensor>, Tensor> function) {
        return new GradientCheck(function, 20240229);
    }

    /** An input of the given shape with elements drawn between two bounds. */
    public GradientCheck input(double from, double to, long... shape) {
        return batchInput(Shape.of(shape), from, to, shape);
    }

    /** As {@link #input}, declared in the graph with another, symbolic shape. */
    public GradientCheck batchInput(Shape declaredShape, double from, double to, long... shape) {
        HostTensor tensor = HostTensor.doubles(shape);
        DoubleBuffer elements = tensor.doubles();
        for (int i = 0; i < elements.capacity(); i++) {
            elements.put(i, from + (to - from) * random.nextDouble());
        }
        return add(declaredShape, tensor, true);
    }

    /** An input with the given elements. */
    public GradientCheck values(double[] elements, boolean differentiate, long... shape) {
        return add(Shape.of(shape), HostTensor.of(elements, shape), differentiate);
    }

    private GradientCheck add(Shape shape, HostTensor tensor, boolean differentiate) {
        declared.add(shape);
        inputs.add(tensor);
        checked.add(differentiate);
        return this;
    }

    /** Checks every element of every input. */
    public void agrees() {
        agreesAt(ALL);
    }

    /** Checks some elements of each input, drawn at random. */
    public void agreesAt(int elements) {
        GraphBuilder g = new GraphBuilder(ElementType.DOUBLE);
        List<Tensor> x = new ArrayList<>();
        List<Tensor> wrt = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            x.add(g.input("x" + i, declared.get(i)));
            if (checked.get(i)) {
                wrt.add(x.get(i));
            }
        }
        Tensor loss = weighted(g, function.apply(g, x));
        g.output("loss", loss);
        int next = 0;
        for (Tensor gradient : Gradients.of(g, loss, wrt)) {
            Tensor of = wrt.get(next++);
            assertThat(gradient.shape()).as("shape of gradient for " + of).isEqualTo(of.shape());
            g.output("gradient of " + of.name(), gradient);
        }
        byte[] onnx = OnnxWriter.write(g.build(), Map.of());
        try (GraphRunner runner = GraphRunner.open(onnx, RunnerOptions.SERVING)) {
            compare(runner, elements);
        } finally {
            inputs.forEach(HostTensor::close);
        }
    }

    private Tensor weighted(GraphBuilder g, Tensor y) {
        double[] weights = random.doubles(lastSize(y.shape()), 0.5, 1.5).toArray();
        return g.sumAll(g.mul(y, g.constant(Shape.of(weights.length), weights)));
    }

    private static long lastSize(Shape shape) {
        return shape.rank() == 0 ? 1 : shape.size(-1);
    }

    private void compare(GraphRunner runner, int elements) {
        Map<String, HostTensor> feed = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            feed.put("x" + i, inputs.get(i));
        }
        Map<String, HostTensor> results = runner.run(feed);
        for (int i = 0; i < inputs.size(); i++) {
            if (!checked.get(i)) {
                continue;
            }
            double[] gradient = results.get("gradient of x" + i).toDoubles();
            int count = Math.min(elements, gradient.length);
            for (int k = 0; k < count; k++) {
                int element = count == gradient.length ? k : random.nextInt(gradient.length);
                double expected = difference(runner, feed, inputs.get(i).doubles(), element);
                assertThat(gradient[element])
                        .as("derivative for element %d of input %d", element, i)
                        .isCloseTo(expected, org.assertj.core.data.Offset.offset(bound(expected)));
            }
        }
        results.values().forEach(HostTensor::close);
    }

    private static double bound(double expected) {
        return TOLERANCE * Math.max(0.01, Math.abs(expected));
    }

    private static double difference(
            GraphRunner runner, Map<String, HostTensor> feed, DoubleBuffer x, int element) {
        double before = x.get(element);
        double[] loss = new double[5];
        for (int offset = -2; offset <= 2; offset++) {
            if (offset != 0) {
                x.put(element, before + offset * STEP);
                loss[offset + 2] = loss(runner, feed);
            }
        }
        x.put(element, before);
        return (loss[0] - 8 * loss[1] + 8 * loss[3] - loss[4]) / (12 * STEP);
    }

    private static double loss(GraphRunner runner, Map<String, HostTensor> feed) {
        try (HostTensor loss = HostTensor.of(new double[1])) {
            runner.run(feed, Map.of("loss", loss));
            return loss.doubles().get(0);
        }
    }
}
