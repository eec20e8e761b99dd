package io.tickformer.cli.inspect;

import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.MeasuredForecastTime;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.inference.runtime.RunnerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Result of running a model on this machine.
 *
 * @param runs whether the model was opened and, if there is a spec, run
 * @param costs cost per forecast for micro-batches of 1 and {@link #MICRO_BATCH}, also with
 *     incremental evaluation if the model supports it; empty without a spec or if it does not run
 * @param objection why it does not run or was not tried; empty if it runs
 */
record ModelRunResult(boolean runs, List<MeasuredForecastTime> costs, String objection) {
    /** The micro-batch size whose cost is reported next to that of 1. */
    static final int MICRO_BATCH = 64;

    ModelRunResult {
        costs = List.copyOf(costs);
    }

    /** Runs a model, or only opens it if there is no spec. */
    static ModelRunResult of(ModelFacts facts, ExecutionProvider provider, LongSupplier nanoTime) {
        List<String> elsewhere = facts.contents().externalFiles();
        if (!elsewhere.isEmpty()) {
            return new ModelRunResult(
                    false,
                    List.of(),
                    "weights are stored in other files (%s); expected one file: export it"
                                    .formatted(String.join(", ", elsewhere))
                            + " without external data");
        }
        try {
            return facts.spec().isPresent()
                    ? run(facts, provider, nanoTime)
                    : open(facts, provider);
        } catch (InferenceException e) {
            return new ModelRunResult(false, List.of(), e.getMessage());
        }
    }

    private static ModelRunResult run(
            ModelFacts facts, ExecutionProvider provider, LongSupplier nanoTime) {
        // A file with a spec describes its own inputs; any other needs the given spec.
        boolean own = facts.metadata().isPresent();
        List<MeasuredForecastTime> costs = new ArrayList<>();
        try (ForecastModel model =
                ForecastModel.open(
                        facts.bytes(), own ? null : facts.spec().orElseThrow(), provider)) {
            costs.add(MeasuredForecastTime.measure(model, 1, nanoTime));
            costs.add(MeasuredForecastTime.measure(model, MICRO_BATCH, nanoTime));
            MeasuredForecastTime.measureIncremental(model, 1, nanoTime).ifPresent(costs::add);
            MeasuredForecastTime.measureIncremental(model, MICRO_BATCH, nanoTime)
                    .ifPresent(costs::add);
        }
        return new ModelRunResult(true, costs, "");
    }

    private static ModelRunResult open(ModelFacts facts, ExecutionProvider provider) {
        GraphRunner.open(facts.bytes(), new RunnerOptions(provider, 1)).close();
        return new ModelRunResult(true, List.of(), "");
    }

    Optional<String> whyNot() {
        return objection.isEmpty() ? Optional.empty() : Optional.of(objection);
    }
}
