package io.tickformer.training;

import io.tickformer.inference.HostTensor;
import java.util.ArrayList;
import java.util.List;

/** The validation windows, encoded once, and their loss under the parameters of the moment. */
final class Validation implements AutoCloseable {
    private final EvaluationStep step;
    private final List<WindowBatch> batches = new ArrayList<>();

    /**
     * Encodes the validation windows of the data.
     *
     * @param step evaluates batches of B windows; owned by the caller
     * @param most windows at most
     * @param batch B; the last batch is filled up with windows of no weight
     */
    Validation(EvaluationStep step, TrainingData data, int most, int batch) {
        this.step = step;
        List<Window> windows = ValidationWindows.choose(data, most);
        WindowEncoder encoder = new WindowEncoder(data);
        WindowTargets targets = WindowTargets.validation(data);
        for (int from = 0; from < windows.size(); from += batch) {
            WindowBatch filled = new WindowBatch(data.spec(), batch);
            batches.add(filled);
            WindowBatch.Writer writer = filled.writer();
            for (Window window : windows.subList(from, Math.min(windows.size(), from + batch))) {
                encoder.encode(window, targets, writer);
            }
        }
    }

    /**
     * The sums over all validation windows.
     *
     * @param parameters flat
     * @throws TrainingException if no value validates
     */
    Evaluation of(HostTensor parameters) {
        Evaluation sums = Evaluation.NONE;
        for (WindowBatch batch : batches) {
            sums = sums.plus(step.evaluate(parameters, batch.named()));
        }
        if (sums.weight() == 0) {
            throw new TrainingException(
                    "no value in the part of the history that validates; expected a larger"
                            + " validation share, or fewer missing values at the end");
        }
        return sums;
    }

    @Override
    public void close() {
        batches.forEach(WindowBatch::close);
    }
}
