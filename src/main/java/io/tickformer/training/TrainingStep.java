package io.tickformer.training;

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
 * Takes training steps by running their graph. Parameters and moments live in two sets of tensors:
 * a step reads one and writes the other, then the sets change places, so nothing is copied. The
 * same state, batches and random numbers give the same states, bit for bit.
 *
 * <p>Owned by one loop; not thread-safe.
 */
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
     * Builds the graph of a step and opens it.
     *
     * @param batch B, windows of every batch
     * @param initial where to start: {@link OptimiserState#initial} or a snapshot
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
     * Takes one step. Where the loss or its gradient is not finite the state stays as it was.
     *
     * @param batch the tensors {@code values, observed, features, present, targets, weights}
     * @param learningRate of this step
     * @param random draws the dropout masks
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

    /** {@code 1 / (1 - decay^step)}: undoes the pull of the zeros that a moment starts from. */
    private static double correction(double decay, double step) {
        return 1 / (1 - Math.pow(decay, step));
    }

    private void set(String scalar, double value) {
        scalars.get(scalar).floats().put(0, (float) value);
    }

    /** Steps taken so far, those before a snapshot included. */
    public long steps() {
        return steps;
    }

    /** The parameters as the next step will read them; owned by this, valid until that step. */
    public HostTensor parameters() {
        return current.parameters();
    }

    /**
     * The average of the parameters, the parameters themselves where they are not averaged; owned
     * by this, valid until the next step.
     */
    public HostTensor average() {
        return current.average();
    }

    /** A copy of the state. */
    public OptimiserState state() {
        return current.copy(steps);
    }

    /** Goes on from another state. */
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
