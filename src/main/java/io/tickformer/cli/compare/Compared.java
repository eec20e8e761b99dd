package io.tickformer.cli.compare;

import io.tickformer.inference.ForecastCost;
import java.util.Optional;

/**
 * One row of the table.
 *
 * @param name of the architecture or baseline
 * @param model what was trained; null for a baseline
 * @param mse mean squared error of the test part, z-scored
 * @param mae mean absolute error of the test part, z-scored
 */
record Compared(String name, Model model, double mse, double mae) {

    /**
     * A trained model.
     *
     * @param contextLength T, ticks
     * @param parameters how many were learned
     * @param batch windows in a step
     * @param steps steps taken
     * @param bestStep the step whose weights validated best
     * @param seconds of training, validation included
     * @param single cost of a forecast computed alone
     * @param many cost of a forecast in a micro-batch
     * @param incremental cost of a forecast in a micro-batch, tick by tick; empty where the model
     *     has to recompute its context
     */
    record Model(
            int contextLength,
            int parameters,
            int batch,
            long steps,
            long bestStep,
            double seconds,
            ForecastCost single,
            ForecastCost many,
            Optional<ForecastCost> incremental) {}
}
