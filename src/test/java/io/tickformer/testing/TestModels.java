package io.tickformer.testing;

import io.tickformer.model.Transformer;
import io.tickformer.onnx.OnnxWriter;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.LibraryVersion;
import io.tickformer.spec.ModelMetadata;

/** Small models with weights drawn from a seed: they forecast badly and exactly reproducibly. */
public final class TestModels {

    private TestModels() {}

    /** A streaming transformer of one layer for hourly ticks: T = 13, H = 4. */
    public static byte[] streaming() {
        return export(ForecastSpec.streaming(3_600_000L, 4, 4, 4, 1, 8, 2, 16), 7);
    }

    /** Any transformer with weights drawn from the seed, as the bytes of an exported file. */
    public static byte[] export(ForecastSpec spec, long seed) {
        Transformer transformer = new Transformer(spec);
        float[] weights = transformer.layout().initialise(seed);
        ModelMetadata metadata = new ModelMetadata(spec, "test", "1", "", LibraryVersion.current());
        return OnnxWriter.write(transformer.window(weights), metadata.toProperties());
    }
}
