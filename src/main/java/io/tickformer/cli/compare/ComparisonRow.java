package io.tickformer.cli.compare;

import io.tickformer.inference.MeasuredForecastTime;
import java.util.Optional;

/**
 * One row of the table.
 *
 * @param name of the architecture or baseline
 * @param model the trained model; null for a naive baseline
 * @param mse mean squared error on the test set, z-scored
 * @param mae mean absolute error on the test set, z-scored
 */
record ComparisonRow(String name, Model model, double mse, double mae) {

    /**
     * A trained model.
     *
     * @param contextLength T, ticks
     * @param parameters number of learned parameters
     * @param batch windows in a training batch
     * @param steps steps taken
     * @param bestStep step with the best validation error, whose weights were kept
     * @param seconds training time, validation included
     * @param single cost of a single forecast
     * @param many cost per forecast in a micro-batch
     * @param incremental cost per forecast in a micro-batch with incremental evaluation; empty if
     *     the model does not support it
     */
    record Model(
            int contextLength,
            int parameters,
            int batch,
            long steps,
            long bestStep,
            double seconds,
            MeasuredForecastTime single,
            MeasuredForecastTime many,
            Optional<MeasuredForecastTime> incremental) {}
}
