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

/**
 * Evaluates parameters on batches of windows: it computes the errors of the forecasts at the last
 * token of each window, without dropout. A batch that is not full is padded with windows of weight
 * zero.
 *
 * <p>Owned by one training loop; not thread-safe.
 */
@Internal
public final class WindowScorer implements AutoCloseable {
    private final GraphRunner runner;
    private final Map<String, HostTensor> sums = new LinkedHashMap<>();

    private WindowScorer(GraphRunner runner) {
        this.runner = runner;
        runner.outputs().keySet().forEach(name -> sums.put(name, HostTensor.scalar()));
    }

    /**
     * Builds and opens the evaluation graph.
     *
     * @param batch B, windows of every batch
     * @param meanWeight as {@link OptimiserSettings#meanWeight}
     */
    public static WindowScorer open(
            ForecastSpec spec, int batch, double meanWeight, RunnerOptions options) {
        Graph graph = TrainingGraphs.evaluation(spec, batch, meanWeight, ElementType.FLOAT);
        return new WindowScorer(GraphRunner.open(OnnxWriter.write(graph, Map.of()), options));
    }

    /**
     * Evaluates one batch.
     *
     * @param parameters {@code [S]}, such as {@link TrainingStep#parameters}
     * @param batch the tensors {@code values, observed, features, present}, and {@code targets,
     *     weights} of the last token
     * @param units {@code [B C]}, the scale of the last token of each window and channel in the
     *     unit that errors are measured in
     */
    public EvaluationSums evaluate(
            HostTensor parameters, Map<String, HostTensor> batch, HostTensor units) {
        Map<String, HostTensor> inputs = new LinkedHashMap<>(batch);
        inputs.put(TrainingGraphs.UNITS, units);
        inputs.put(TrainingGraphs.PARAMETERS, parameters);
        runner.run(inputs, sums);
        return new EvaluationSums(
                sum(TrainingGraphs.TOTAL_WEIGHT),
                sum(TrainingGraphs.LOSS),
                sum(TrainingGraphs.COUNT),
                sum(TrainingGraphs.PINBALL),
                sum(TrainingGraphs.ABSOLUTE_ERROR),
                sum(TrainingGraphs.SQUARED_ERROR),
                sum(TrainingGraphs.ABSOLUTE_ERROR_OF_MEAN),
                sum(TrainingGraphs.SQUARED_ERROR_OF_MEAN));
    }

    private double sum(String name) {
        return sums.get(name).floats().get(0);
    }

    @Override
    public void close() {
        runner.close();
        sums.values().forEach(HostTensor::close);
    }
}
