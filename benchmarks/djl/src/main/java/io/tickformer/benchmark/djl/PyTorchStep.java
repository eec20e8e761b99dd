package io.tickformer.benchmark.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;

import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.model.Networks;
import io.tickformer.model.Parameter;
import io.tickformer.model.ParameterLayout;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.training.OptimiserSettings;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A training step of the streaming transformer in DJL with PyTorch: loss, gradient, clipping to a
 * global norm and AdamW by the engine's own fused update. It starts from the same parameters.
 */
final class PyTorchStep implements AutoCloseable {
    private final OptimiserSettings settings;
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Map<String, NDArray> batch = new LinkedHashMap<>();
    private final Map<String, Learned> parameters = new LinkedHashMap<>();
    private final PyTorchTransformer network;
    private int steps;

    /** A parameter and its moments. */
    private record Learned(NDArray value, NDArray first, NDArray second, boolean decayed) {}

    /**
     * @param fusedGelu whether to use PyTorch's own GELU, with the error function, instead of the
     *     tanh form that the model has
     */
    PyTorchStep(
            ForecastSpec spec,
            OptimiserSettings settings,
            float[] flat,
            Map<String, HostTensor> tensors,
            boolean fusedGelu) {
        this.settings = settings;
        ParameterLayout layout = Networks.of(spec).layout();
        for (Parameter parameter : layout.parameters()) {
            float[] own = new float[parameter.size()];
            System.arraycopy(flat, parameter.offset(), own, 0, own.length);
            Shape shape = shape(parameter.shape());
            NDArray value = manager.create(own, shape);
            value.setRequiresGradient(true);
            parameters.put(
                    parameter.name(),
                    new Learned(
                            value,
                            manager.zeros(shape),
                            manager.zeros(shape),
                            parameter.isMatrix()));
        }
        tensors.forEach((name, tensor) -> batch.put(name, copy(tensor)));
        network = new PyTorchTransformer(manager, spec, settings.meanWeight(), fusedGelu);
    }

    private static Shape shape(io.tickformer.graph.Shape shape) {
        long[] sizes = new long[shape.rank()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = shape.size(i);
        }
        return new Shape(sizes);
    }

    private NDArray copy(HostTensor tensor) {
        FloatBuffer floats = tensor.floats();
        float[] elements = new float[floats.remaining()];
        floats.get(elements);
        return manager.create(elements, new Shape(tensor.shape()));
    }

    /** Takes a step and returns the loss before it. */
    float step(double learningRate) {
        steps++;
        try (NDManager scratch = manager.newSubManager()) {
            Map<String, NDArray> inputs = new LinkedHashMap<>();
            batch.forEach(
                    (name, array) -> {
                        NDArray own = array.duplicate();
                        own.attach(scratch);
                        inputs.put(name, own);
                    });
            float loss;
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray value = network.loss(inputs, name -> parameters.get(name).value());
                collector.backward(value);
                loss = value.getFloat();
            }
            update(scratch, learningRate);
            return loss;
        }
    }

    private void update(NDManager scratch, double learningRate) {
        NDList gradients = new NDList();
        NDArray squares = null;
        for (Learned parameter : parameters.values()) {
            NDArray gradient = parameter.value().getGradient();
            gradient.attach(scratch);
            gradients.add(gradient);
            NDArray own = gradient.square().sum();
            squares = squares == null ? own : squares.addi(own);
        }
        double norm = Math.sqrt(squares.getFloat());
        double shrink = Math.min(1, settings.clipNorm() / Math.max(norm, 1e-12));
        double rootOfSecond = Math.sqrt(1 - Math.pow(settings.secondDecay(), steps));
        double correction = rootOfSecond / (1 - Math.pow(settings.firstDecay(), steps));
        // The engine adds epsilon to the root of the second moment before its bias is corrected.
        double epsilon = settings.epsilon() * rootOfSecond;
        int i = 0;
        for (Learned parameter : parameters.values()) {
            NDList all =
                    new NDList(
                            parameter.value(),
                            gradients.get(i++),
                            parameter.first(),
                            parameter.second());
            parameter
                    .value()
                    .getNDArrayInternal()
                    .adamUpdate(
                            all,
                            new NDList(parameter.value()),
                            (float) learningRate,
                            (float) (learningRate * correction),
                            (float) (parameter.decayed() ? settings.weightDecay() : 0),
                            (float) shrink,
                            -1,
                            (float) settings.firstDecay(),
                            (float) settings.secondDecay(),
                            (float) epsilon,
                            false,
                            true);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
