package io.tickformer.training;

import io.tickformer.annotation.Internal;
import io.tickformer.graph.ElementType;
import io.tickformer.graph.Graph;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.onnx.OnnxWriter;
import io.tickformer.spec.ForecastSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Runs the graph of a training step. The optimiser state is kept in two sets of tensors: a step
 * reads one and writes the other, then the sets are swapped, so nothing is copied. The same state,
 * batches and random numbers give the same result, bit for bit.
 *
 * <p>Owned by one training loop; not thread-safe.
 */
@Internal
public final class TrainingStep implements AutoCloseable {
    private final OptimiserSettings settings;
    private final GraphRunner runner;
    private final Map<String, HostTensor> scalars = new LinkedHashMap<>();
    private final HostTensor loss = HostTensor.scalar();
    private final HostTensor gradientNorm = HostTensor.scalar();
    private final DropoutMaskSampler dropout;
    private OptimiserTensors current;
    private OptimiserTensors next;
    private long steps;

    private TrainingStep(OptimiserSettings settings, GraphRunner runner, OptimiserState initial) {
        this.settings = settings;
        this.runner = runner;
        this.current = new OptimiserTensors(initial.parameters().length);
        this.next = new OptimiserTensors(initial.parameters().length);
        this.dropout = new DropoutMaskSampler(settings.dropout(), runner.inputs());
        for (String name :
                new String[] {
                    AdamW.LEARNING_RATE,
                    AdamW.WEIGHT_DECAY,
                    AdamW.CLIP_NORM,
                    AdamW.FIRST_CORRECTION,
                    AdamW.SECOND_CORRECTION,
                    TrainingGraphs.AVERAGE_DECAY
                }) {
            scalars.put(name, HostTensor.scalar());
        }
        restore(initial);
    }

    /**
     * Builds and opens the graph of a training step.
     *
     * @param batch B, windows of every batch
     * @param initial the initial state: {@link OptimiserState#initial} or that of a training
     *     snapshot
     */
    public static TrainingStep open(
            ForecastSpec spec,
            int batch,
            OptimiserSettings settings,
            OptimiserState initial,
            RunnerOptions options) {
        Graph graph = TrainingGraphs.step(spec, batch, settings, ElementType.FLOAT);
        GraphRunner runner = GraphRunner.open(OnnxWriter.write(graph, Map.of()), options);
        return new TrainingStep(settings, runner, initial);
    }

    /**
     * Takes one step. If the loss or its gradient is not finite, the state does not change.
     *
     * @param batch the tensors {@code values, observed, features, present, targets, weights}
     * @param learningRate learning rate of this step
     * @param random samples the dropout masks
     */
    public TrainingStepResult step(
            Map<String, HostTensor> batch, double learningRate, RandomGenerator random) {
        dropout.draw(random);
        set(AdamW.LEARNING_RATE, learningRate);
        set(AdamW.WEIGHT_DECAY, settings.weightDecay());
        set(AdamW.CLIP_NORM, settings.clipNorm());
        set(AdamW.FIRST_CORRECTION, correction(settings.firstDecay(), (double) (steps + 1)));
        set(AdamW.SECOND_CORRECTION, correction(settings.secondDecay(), (double) (steps + 1)));
        set(TrainingGraphs.AVERAGE_DECAY, settings.averageDecayAt(steps + 1));

        Map<String, HostTensor> inputs = new LinkedHashMap<>(batch);
        inputs.putAll(scalars);
        inputs.putAll(dropout.masks());
        current.addTo(inputs, "");
        Map<String, HostTensor> outputs = new LinkedHashMap<>();
        outputs.put(TrainingGraphs.LOSS, loss);
        outputs.put(TrainingGraphs.GRADIENT_NORM, gradientNorm);
        next.addTo(outputs, TrainingGraphs.NEXT);
        runner.run(inputs, outputs);

        TrainingStepResult result =
                new TrainingStepResult(loss.floats().get(0), gradientNorm.floats().get(0));
        if (result.isFinite()) {
            OptimiserTensors read = current;
            current = next;
            next = read;
            steps++;
        }
        return result;
    }

    /** {@code 1 / (1 - decay^step)}, which corrects the bias of a moment that starts at zero. */
    private static double correction(double decay, double step) {
        return 1 / (1 - Math.pow(decay, step));
    }

    private void set(String scalar, double value) {
        scalars.get(scalar).floats().put(0, (float) value);
    }

    /** Number of steps, including those before a training snapshot. */
    public long steps() {
        return steps;
    }

    /** The current parameters; owned by this object and valid until the next step. */
    public HostTensor parameters() {
        return current.parameters();
    }

    /**
     * The moving average of the parameters; the parameters themselves if they are not averaged.
     * Owned by this object and valid until the next step.
     */
    public HostTensor average() {
        return current.average();
    }

    /** A copy of the state. */
    public OptimiserState state() {
        return current.copy(steps);
    }

    /** Replaces the state. */
    public void restore(OptimiserState state) {
        current.set(state);
        steps = state.steps();
    }

    @Override
    public void close() {
        runner.close();
        current.close();
        next.close();
        dropout.close();
        loss.close();
        gradientNorm.close();
        scalars.values().forEach(HostTensor::close);
    }
}
