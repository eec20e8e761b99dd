package io.tickformer.testing;

import io.tickformer.model.Networks;
import io.tickformer.model.Parameter;
import io.tickformer.onnx.OnnxWriter;
import io.tickformer.spec.ConvolutionArchitecture;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.LinearArchitecture;
import io.tickformer.spec.LinearArchitecture.Variant;
import io.tickformer.spec.ModelMetadata;
import io.tickformer.spec.NetworkArchitecture;
import io.tickformer.spec.Normalisation;
import io.tickformer.spec.RecurrentArchitecture;
import io.tickformer.spec.RecurrentArchitecture.Pooling;
import io.tickformer.spec.SeasonalPath;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Small models with seeded random weights: untrained, but every input matters to every output. */
public final class TestModels {
    /**
     * P = 2, W = 3, L = 2: N = 5 tokens, T = 10 ticks of a minute, three seasons of 3 ticks looked
     * back on; H = 4, Q = 3.
     */
    public static final ForecastSpec STREAMING =
            TestSpecs.streaming(60_000, 2, 3, 4, 2, 8, 2, 16)
                    .withQuantileLevels(List.of(0.1, 0.5, 0.9))
                    .withNormalisation(new Normalisation(16, 4))
                    .withSeasonalPath(new SeasonalPath(3, 3));

    /** {@link #STREAMING} with frames that look further back. */
    public static final ForecastSpec BRITTLE =
            STREAMING.withNormalisation(new Normalisation(64, 64));

    /** T = 6 tokens of a tick each; H = 2, Q = 3. */
    public static final ForecastSpec VANILLA =
            TestSpecs.vanilla(60_000, 6, 2, 1, 8, 2, 16)
                    .withQuantileLevels(List.of(0.1, 0.5, 0.9))
                    .withNormalisation(new Normalisation(16, 4));

    /** {@link #STREAMING} over three channels of a record. */
    public static final ForecastSpec CHANNELS =
            STREAMING.withChannels(List.of("power", "voltage", "phase.angle"));

    private TestModels() {}

    /** A small one of every architecture, by a readable name: T = 10 or 6, H = 4 or 2, Q = 3. */
    public static Map<String, ForecastSpec> everyArchitecture() {
        Map<String, ForecastSpec> specs = new LinkedHashMap<>();
        specs.put("streaming", STREAMING);
        specs.put("vanilla", VANILLA);
        specs.put("cnn", network(new ConvolutionArchitecture(2, 2, List.of(1, 2), 8)));
        specs.put("lstm", network(new RecurrentArchitecture(2, 2, 8, Pooling.LAST)));
        specs.put("lstm-attention", network(new RecurrentArchitecture(1, 1, 8, Pooling.ATTENTION)));
        for (Variant variant : Variant.values()) {
            specs.put(
                    variant.name().toLowerCase(Locale.ROOT),
                    network(LinearArchitecture.of(variant, 10)));
        }
        return specs;
    }

    private static ForecastSpec network(NetworkArchitecture network) {
        return ForecastSpec.of(60_000, 10, 4, network)
                .withQuantileLevels(List.of(0.1, 0.5, 0.9))
                .withNormalisation(new Normalisation(16, 4));
    }

    /** The exported file of a streaming transformer of hourly ticks: T = 16, H = 4, Q = 7. */
    public static byte[] streaming() {
        return transformer(TestSpecs.streaming(3_600_000L, 4, 4, 4, 1, 8, 2, 16), 7);
    }

    /** The exported file of a model named {@code test}, version {@code 1}. */
    public static byte[] transformer(ForecastSpec spec, long seed) {
        return transformer(spec, seed, "1");
    }

    /** The exported file of a model named {@code test}. */
    public static byte[] transformer(ForecastSpec spec, long seed, String version) {
        return transformer(spec, weights(spec, seed), version);
    }

    private static byte[] transformer(ForecastSpec spec, float[] weights, String version) {
        ModelMetadata metadata = new ModelMetadata(spec, "test", version, "none", "0");
        return OnnxWriter.write(Networks.of(spec).window(weights), metadata.toProperties());
    }

    /**
     * The exported file of a model with a seasonal path that overflows where a peak comes back
     * season after season; anything else it forecasts.
     */
    public static byte[] brittle() {
        float[] weights = weights(BRITTLE, 5);
        Parameter path = Networks.of(BRITTLE).layout().parameter("seasonal.weight");
        Arrays.fill(weights, path.offset(), path.end(), 9e37f);
        return transformer(BRITTLE, weights, "1");
    }

    /** A value of a series whose forecasts overflow in {@link #brittle}. */
    public static double peak(long tick) {
        return tick % 3 == 0 ? 1 : 0;
    }

    /** A value of a series that {@link #brittle} forecasts. */
    public static double wave(long tick) {
        return Math.sin(2 * Math.PI * tick / 24);
    }

    /** Weights that leave no path at zero, as a fresh model's heads and norms might. */
    public static float[] weights(ForecastSpec spec, long seed) {
        float[] weights = Networks.of(spec).layout().initialise(seed);
        Random random = new Random(seed);
        for (int i = 0; i < weights.length; i++) {
            weights[i] += (float) (0.2 * random.nextGaussian());
        }
        return weights;
    }
}
