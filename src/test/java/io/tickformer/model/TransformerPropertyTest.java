package io.tickformer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.TransformerArchitecture;
import io.tickformer.spec.TransformerArchitecture.PositionEncoding;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every transformer of the family, run in ONNX Runtime. */
class TransformerPropertyTest {
    private static final int TRIES = 40;
    private static final int BATCH = 3;

    @Provide
    Arbitrary<ForecastSpec> specs() {
        return Specs.any();
    }

    @Provide
    Arbitrary<ForecastSpec> bandedSpecs() {
        return Specs.banded();
    }

    @Property(tries = TRIES)
    void attentionRowsSumToOneAndAreZeroWhereNotAllowed(
            @ForAll("specs") ForecastSpec spec, @ForAll long seed) {
        Random random = new Random(seed);
        TransformerArchitecture a = spec.transformer();
        int tokens = spec.tokens();
        Tokens in = Tokens.random(spec, BATCH, tokens, random);
        float[] flat = ModelRuns.parameters(new Transformer(spec), random);

        Map<String, float[]> out =
                ModelRuns.run(ModelRuns.everyToken(spec, flat, tokens), in.feed());

        for (int layer = 0; layer < a.layers(); layer++) {
            float[] weights = out.get(ModelRuns.attention(layer)); // [B,h,N,N]
            assertThat(weights).hasSize(BATCH * a.heads() * tokens * tokens);
            for (int row = 0; row < BATCH * a.heads() * tokens; row++) {
                int series = row / tokens / a.heads();
                int query = row % tokens;
                double sum = 0;
                for (int key = 0; key < tokens; key++) {
                    float weight = weights[row * tokens + key];
                    sum += weight;
                    boolean banded = a.attendsToAll() || query - key < a.attentionWindow();
                    boolean allowed =
                            key == query || (key < query && banded && in.isPresent(series, key));
                    if (!allowed) {
                        assertThat(weight).isZero();
                    }
                }
                assertThat(sum).isCloseTo(1, within(1e-5));
            }
        }
    }

    @Property(tries = TRIES)
    void tokensBeforeTheReceptiveFieldChangeNothing(
            @ForAll("bandedSpecs") ForecastSpec spec, @ForAll long seed) {
        Random random = new Random(seed);
        float[] flat = ModelRuns.parameters(new Transformer(spec), random);
        int field = spec.tokens();
        int tokens = field + 3;
        Tokens longer = Tokens.random(spec, 1, tokens, random);

        byte[] onnx = ModelRuns.everyToken(spec, flat, tokens);
        try (GraphRunner runner = GraphRunner.open(onnx, RunnerOptions.SERVING)) {
            float[] then = last(ModelRuns.run(runner, longer.feed()), tokens);
            Tokens outside = longer;
            for (int n = 0; n < tokens - field; n++) {
                outside = outside.withTokenRedrawn(0, n, random);
            }
            Tokens oldestInside = longer.withTokenRedrawn(0, tokens - field, random);
            assertThat(last(ModelRuns.run(runner, outside.feed()), tokens)).isEqualTo(then);
            assertThat(last(ModelRuns.run(runner, oldestInside.feed()), tokens)).isNotEqualTo(then);
        }
    }

    private static float[] last(Map<String, float[]> out, int tokens) {
        float[] all = out.get(NetworkOutputs.QUANTILES);
        return Arrays.copyOfRange(all, all.length - all.length / tokens, all.length);
    }

    @Property(tries = TRIES)
    void theNumberOfParametersDoesNotGrowWithTheContext(
            @ForAll("specs") ForecastSpec spec, @ForAll long seed) {
        TransformerArchitecture a = spec.transformer();
        TransformerArchitecture full =
                new TransformerArchitecture(
                        a.patchLength(),
                        TransformerArchitecture.FULL_ATTENTION,
                        a.layers(),
                        a.width(),
                        a.heads(),
                        a.feedForwardWidth(),
                        a.positions(),
                        a.normPlacement(),
                        a.norm(),
                        a.activation());
        int size = new Transformer(spec).layout().size();
        int longer = a.patchLength() * (1 + new Random(seed).nextInt(1000));

        assertThat(new Transformer(Specs.withArchitecture(full, longer)).layout().size())
                .isEqualTo(size);
    }

    @Property(tries = TRIES)
    void rotaryAnswersDependOnDifferencesOfPlacesOnly(
            @ForAll("bandedSpecs") ForecastSpec any, @ForAll long seed) {
        ForecastSpec spec = withPositions(any, PositionEncoding.ROTARY);
        Random random = new Random(seed);
        float[] flat = ModelRuns.parameters(new Transformer(spec), random);
        Tokens in = Tokens.random(spec, 1, spec.tokens(), random);
        int shift = 5;
        Tokens later = in.precededBy(shift);

        float[] here =
                last(
                        ModelRuns.run(ModelRuns.everyToken(spec, flat, in.tokens()), in.feed()),
                        in.tokens());
        float[] there =
                last(
                        ModelRuns.run(
                                ModelRuns.everyToken(spec, flat, later.tokens()), later.feed()),
                        later.tokens());

        assertThat(there).usingComparatorWithPrecision(1e-4f).containsExactly(here);
    }

    private static ForecastSpec withPositions(ForecastSpec spec, PositionEncoding positions) {
        TransformerArchitecture a = spec.transformer();
        return Specs.withArchitecture(
                new TransformerArchitecture(
                        a.patchLength(),
                        a.attentionWindow(),
                        a.layers(),
                        a.width(),
                        a.heads(),
                        a.feedForwardWidth(),
                        positions,
                        a.normPlacement(),
                        a.norm(),
                        a.activation()),
                spec.contextLength());
    }
}
