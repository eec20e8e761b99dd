package io.tickformer.lab.bench;

import io.tickformer.annotation.Internal;
import io.tickformer.model.Networks;
import io.tickformer.onnx.OnnxWriter;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.LibraryVersion;
import io.tickformer.spec.ModelMetadata;
import java.util.Random;

/** Models for benchmarks: ordinary model files with seeded random weights. */
@Internal
public enum BenchModel {
    /** P = 16, W = 12, L = 3: T = 544; d = 64, h = 4, F = 256. */
    STREAMING,

    /** The same T and sizes with one token a tick and full attention. */
    VANILLA;

    private static final long SEED = 1;

    /** Added to all weights: heads and norms of a fresh model may be zero. */
    private static final double NOISE = 0.02;

    /** The model's spec. */
    public ForecastSpec spec() {
        return switch (this) {
            case STREAMING ->
                    ForecastSpec.streaming()
                            .tickMillis(1_000)
                            .patchLength(16)
                            .attentionWindow(12)
                            .horizon(48)
                            .layers(3)
                            .width(64)
                            .heads(4)
                            .feedForwardWidth(256)
                            .build();
            case VANILLA ->
                    ForecastSpec.vanilla()
                            .tickMillis(1_000)
                            .contextLength(544)
                            .horizon(48)
                            .layers(3)
                            .width(64)
                            .heads(4)
                            .feedForwardWidth(256)
                            .build();
        };
    }

    /** The bytes of the model file, equal on every call. */
    public byte[] onnx() {
        return onnx(spec());
    }

    /** The bytes of a model file for any Tickformer spec, equal on every call. */
    public static byte[] onnx(ForecastSpec spec) {
        float[] weights = Networks.of(spec).layout().initialise(SEED);
        Random random = new Random(SEED);
        for (int i = 0; i < weights.length; i++) {
            weights[i] += (float) (NOISE * random.nextGaussian());
        }
        ModelMetadata metadata =
                new ModelMetadata(spec, "bench", "1", "none", LibraryVersion.current());
        return OnnxWriter.write(Networks.of(spec).window(weights), metadata.toProperties());
    }
}
