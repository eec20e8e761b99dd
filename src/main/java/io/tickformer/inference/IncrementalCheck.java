package io.tickformer.inference;

import io.tickformer.context.SeriesContext;
import io.tickformer.inference.incremental.CacheOptions;
import io.tickformer.inference.incremental.IncrementalEvaluator;
import io.tickformer.inference.incremental.IncrementalModel;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.inference.window.BatchEvaluator;
import io.tickformer.inference.window.WindowEvaluator;
import io.tickformer.spec.ForecastSpec;
import java.util.Random;

/**
 * Checks that incremental evaluation of a model gives the answers of its window graph. Runs both on
 * a random stream with gaps and a revision, long enough to fill and overwrite every layer's
 * buffers.
 */
final class IncrementalCheck {
    /** Largest difference, relative to the largest answer in the token's frame, or to one scale. */
    static final double TOLERANCE = 1e-4;

    private static final String SERIES = "check";
    private static final double GAP_SHARE = 0.1;
    private static final int MOST_COMPARED = 64;

    private final ForecastModel model;
    private final BatchEvaluator full;
    private final BatchEvaluator incremental;
    private final float[] fullQuantiles;
    private final float[] fullMean;
    private final float[] quantiles;
    private final float[] mean;
    private double largestDifference;

    private IncrementalCheck(ForecastModel model, BatchEvaluator full, BatchEvaluator incremental) {
        ForecastSpec spec = model.spec();
        this.model = model;
        this.full = full;
        this.incremental = incremental;
        this.fullQuantiles = new float[spec.outputSteps() * spec.quantileLevels().size()];
        this.fullMean = new float[spec.outputSteps()];
        this.quantiles = new float[fullQuantiles.length];
        this.mean = new float[fullMean.length];
    }

    /**
     * Compares incremental evaluation with the window graph.
     *
     * @throws InferenceException if their answers differ by more than rounding, or are not finite
     */
    static void require(ForecastModel model, IncrementalModel incremental) {
        CacheOptions cache = CacheOptions.direct(model.cacheBytesPerSeries());
        try (BatchEvaluator full = new WindowEvaluator(model.runner(), model.spec(), 1);
                BatchEvaluator stepwise = new IncrementalEvaluator(incremental, cache, 1)) {
            IncrementalCheck check = new IncrementalCheck(model, full, stepwise);
            check.run();
            check.judge();
        }
    }

    private void judge() {
        if (largestDifference > TOLERANCE) {
            throw new InferenceException(
                    ("model %s cannot be evaluated incrementally: on a random stream the largest"
                                    + " difference to its window graph is %.3g of the answer;"
                                    + " expected at most %.0e: its file holds another graph than its"
                                    + " spec describes. Use mode full, or export it anew")
                            .formatted(model.name(), largestDifference, TOLERANCE));
        }
    }

    private void run() {
        ForecastSpec spec = model.spec();
        Random random = new Random(7);
        SeriesContext context = SeriesContext.of(spec);
        long start = 1_000_003;
        int ticks = spec.contextLength() + spec.ringTicks();
        int every = Math.max(1, ticks / MOST_COMPARED) | 1; // Odd, to meet every phase.
        double[] values = new double[spec.channelCount()];
        for (int i = 0; i < ticks; i++) {
            for (int channel = 0; channel < values.length; channel++) {
                values[channel] += random.nextGaussian();
            }
            if (i > 0 && random.nextDouble() < GAP_SHARE) {
                continue;
            }
            context.update(start + i, values);
            incremental.add(SERIES, context);
            incremental.run();
            incremental.read(0, quantiles, mean);
            incremental.clear();
            if (i % every == 0) {
                compare(context);
            }
            if (i == ticks / 2) {
                context.update(start + i - 1, new double[values.length]);
                incremental.forget(SERIES);
            }
        }
    }

    private void compare(SeriesContext context) {
        full.add(null, context);
        full.run();
        full.read(0, fullQuantiles, fullMean);
        full.clear();
        compare(quantiles, fullQuantiles);
        compare(mean, fullMean);
    }

    private void compare(float[] actual, float[] expected) {
        double size = 1;
        for (float value : expected) {
            if (!Float.isFinite(value)) {
                throw new InferenceException(
                        ("model %s cannot be evaluated incrementally: on a random stream its answers"
                                        + " are not finite numbers (%s), and nothing can be held"
                                        + " to them; take another model or train it anew")
                                .formatted(model.name(), value));
            }
            size = Math.max(size, Math.abs(value));
        }
        for (int i = 0; i < actual.length; i++) {
            double difference = Math.abs(actual[i] - expected[i]) / size;
            // NaN counts as the largest difference.
            largestDifference =
                    difference <= largestDifference
                            ? largestDifference
                            : Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
        }
    }
}
