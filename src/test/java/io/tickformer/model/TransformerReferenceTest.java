package io.tickformer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.spec.CalendarFeature;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.TransformerArchitecture;
import io.tickformer.spec.TransformerArchitecture.Activation;
import io.tickformer.spec.TransformerArchitecture.Norm;
import io.tickformer.spec.TransformerArchitecture.NormPlacement;
import io.tickformer.spec.TransformerArchitecture.PositionEncoding;
import io.tickformer.testing.TestSpecs;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The graph in ONNX Runtime against the formulas in plain loops. */
class TransformerReferenceTest {
    private static final int BATCH = 3;
    private static final double TOLERANCE = 1e-5;

    static Stream<Named<ForecastSpec>> specs() {
        return Stream.of(
                Named.of("vanilla, one head", TestSpecs.vanilla(60_000, 12, 3, 2, 8, 1, 16)),
                Named.of("vanilla, four heads", TestSpecs.vanilla(60_000, 20, 5, 3, 16, 4, 32)),
                Named.of("streaming", TestSpecs.streaming(60_000, 4, 5, 6, 3, 16, 2, 32)),
                Named.of(
                        "streaming with calendar, one tick a token",
                        TestSpecs.streaming(60_000, 1, 3, 2, 2, 8, 2, 12)
                                .withCalendarFeatures(List.of(CalendarFeature.values()))),
                Named.of(
                        "streaming, window of one",
                        TestSpecs.streaming(60_000, 3, 1, 2, 2, 8, 1, 8)),
                Named.of("without positions, RMS after, GELU", mixed()));
    }

    private static ForecastSpec mixed() {
        return ForecastSpec.builder()
                .tickMillis(60_000)
                .contextLength(16)
                .horizon(2)
                .quantileLevels(List.of(0.5))
                .architecture(
                        new TransformerArchitecture(
                                2,
                                TransformerArchitecture.FULL_ATTENTION,
                                2,
                                9,
                                3,
                                10,
                                PositionEncoding.NONE,
                                NormPlacement.POST,
                                Norm.RMS,
                                Activation.GELU))
                .build();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void everyTokenEqualsTheFormulas(ForecastSpec spec) {
        Random random = new Random(11);
        float[] flat = ModelRuns.parameters(new Transformer(spec), random);
        Tokens in = Tokens.random(spec, BATCH, spec.tokens(), random);

        Map<String, float[]> out =
                ModelRuns.run(ModelRuns.everyToken(spec, flat, spec.tokens()), in.feed());

        ReferenceTransformer reference = new ReferenceTransformer(spec, flat);
        for (int b = 0; b < BATCH; b++) {
            ReferenceTransformer.Answer expected = reference.answer(in, b);
            for (int n = 0; n < in.tokens(); n++) {
                int row = b * in.tokens() + n;
                assertClose(out.get(NetworkOutputs.QUANTILES), row, expected.quantiles()[n]);
                assertClose(out.get(NetworkOutputs.MEAN), row, expected.mean()[n]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void theExportedWindowEqualsTheFormulasAtTheLastToken(ForecastSpec spec) {
        Random random = new Random(12);
        Transformer transformer = new Transformer(spec);
        float[] flat = ModelRuns.parameters(transformer, random);
        Tokens in = Tokens.random(spec, BATCH, spec.tokens(), random);

        Map<String, float[]> out = ModelRuns.run(transformer.window(flat), in.feed());

        ReferenceTransformer reference = new ReferenceTransformer(spec, flat);
        for (int b = 0; b < BATCH; b++) {
            ReferenceTransformer.Answer expected = reference.answer(in, b);
            int last = in.tokens() - 1;
            assertClose(out.get(NetworkOutputs.QUANTILES), b, expected.quantiles()[last]);
            assertClose(out.get(NetworkOutputs.MEAN), b, expected.mean()[last]);
        }
    }

    private static void assertClose(float[] actual, int row, double[] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[row * expected.length + i])
                    .isCloseTo(expected[i], within(TOLERANCE));
        }
    }
}
