package io.tickformer.lab.bench;

import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.MicroBatch;
import io.tickformer.inference.incremental.CacheOptions;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.TransformerArchitecture;

/** The cases that {@code bench inference} compares. */
enum InferenceCase {
    VANILLA_FULL("vanilla-full", BenchModel.VANILLA, false, false),
    STREAMING_FULL("streaming-full", BenchModel.STREAMING, false, false),
    STREAMING_INCREMENTAL("streaming-incremental", BenchModel.STREAMING, true, false),

    /** The same, but no two series of a micro-batch are adjacent in the cache. */
    STREAMING_INCREMENTAL_SHUFFLED(
            "streaming-incremental-shuffled", BenchModel.STREAMING, true, true);

    private final String label;
    private final BenchModel model;
    private final boolean incremental;
    private final boolean shuffled;

    InferenceCase(String label, BenchModel model, boolean incremental, boolean shuffled) {
        this.label = label;
        this.model = model;
        this.incremental = incremental;
        this.shuffled = shuffled;
    }

    String label() {
        return label;
    }

    BenchModel model() {
        return model;
    }

    boolean isIncremental() {
        return incremental;
    }

    boolean isShuffled() {
        return shuffled;
    }

    /** A micro-batch whose cache, if it has one, holds all series. */
    MicroBatch newMicroBatch(ForecastModel opened, int size, int series) {
        return incremental
                ? opened.newIncrementalMicroBatch(
                        size,
                        ForecastSelection.ALL,
                        CacheOptions.direct(series * opened.cacheBytesPerSeries()))
                : opened.newMicroBatch(size, ForecastSelection.ALL);
    }

    /**
     * Floating-point operations of a forecast in matrix products, counting a multiplication and an
     * addition as two. Full recomputation counts only what it needs of each layer.
     */
    double operations() {
        ForecastSpec spec = model.spec();
        TransformerArchitecture t = spec.transformer();
        double d = t.width();
        double token = 2.0 * d * (2.0 * spec.tokenValues() + spec.tokenFeatures());
        double heads = 2.0 * d * spec.outputSteps() * (spec.quantileLevels().size() + 1);
        double tokens = incremental ? 1 : spec.tokens();
        double all = heads + token * tokens;
        double inputs = tokens;
        for (int layer = 0; layer < t.layers(); layer++) {
            int above = t.layers() - 1 - layer;
            double outputs = tokens;
            double attended = inputs;
            if (incremental) {
                attended = t.attentionWindow();
            } else if (!t.attendsToAll()) {
                outputs = Math.min(tokens, 1 + above * (t.attentionWindow() - 1.0));
            } else if (above == 0) {
                outputs = 1;
            }
            double queries = 4 * d * d * outputs; // Query and output projections.
            double keys = 4 * d * d * inputs;
            all += queries + keys + 4 * d * t.feedForwardWidth() * outputs;
            all += 4 * d * attended * outputs;
            inputs = outputs;
        }
        return all;
    }

    /** Bytes of tokens and cache that a forecast reads, and of cache and output that it writes. */
    long bytesMoved() {
        ForecastSpec spec = model.spec();
        TransformerArchitecture t = spec.transformer();
        long token = 2L * spec.tokenValues() + spec.tokenFeatures() + 1;
        long answer = (long) spec.outputSteps() * (spec.quantileLevels().size() + 1);
        if (!incremental) {
            return Float.BYTES * (spec.tokens() * token + answer);
        }
        long entry = 2L * t.layers() * t.width();
        long copies = shuffled ? 3 : 1; // Copying reads and writes once more.
        return Float.BYTES * (token + answer + entry * (copies * t.attentionWindow() + 1));
    }
}
