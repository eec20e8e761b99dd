package io.tickformer.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.spec.ForecastSpec;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every network, whatever its architecture, run in ONNX Runtime. */
class NetworkPropertyTest {
    private static final int TRIES = 60;
    private static final int BATCH = 3;

    @Provide
    Arbitrary<ForecastSpec> specs() {
        return Specs.anyNetwork();
    }

    @Provide
    Arbitrary<ForecastSpec> convolutions() {
        return Specs.convolutions();
    }

    @Property(tries = TRIES)
    void changingALaterTokenChangesNoEarlierOutput(
            @ForAll("specs") ForecastSpec spec, @ForAll long seed) {
        Random random = new Random(seed);
        float[] flat = ModelRuns.parameters(Networks.of(spec), random);
        Tokens before = Tokens.random(spec, BATCH, spec.tokens(), random);
        int changed = random.nextInt(spec.tokens());
        Tokens after = before.withTokenRedrawn(0, changed, random);

        byte[] onnx = ModelRuns.everyToken(spec, flat, spec.tokens());
        try (GraphRunner runner = GraphRunner.open(onnx, RunnerOptions.SERVING)) {
            Map<String, float[]> then = ModelRuns.run(runner, before.feed());
            Map<String, float[]> now = ModelRuns.run(runner, after.feed());
            for (String output : new String[] {NetworkOutputs.QUANTILES, NetworkOutputs.MEAN}) {
                int row = then.get(output).length / BATCH / spec.tokens();
                assertThat(Arrays.copyOf(now.get(output), changed * row))
                        .isEqualTo(Arrays.copyOf(then.get(output), changed * row));
            }
        }
    }

    @Property(tries = TRIES)
    void absentTokensChangeNothing(@ForAll("specs") ForecastSpec spec, @ForAll long seed) {
        Random random = new Random(seed);
        Network network = Networks.of(spec);
        float[] flat = ModelRuns.parameters(network, random);
        Tokens before = Tokens.random(spec, BATCH, spec.tokens(), random);
        Tokens after = before;
        for (int b = 0; b < BATCH; b++) {
            for (int n = 0; n < spec.tokens() - 1; n++) {
                if (!before.isPresent(b, n)) {
                    after = after.withTokenRedrawn(b, n, random);
                }
            }
        }

        byte[] onnx = ModelRuns.everyToken(spec, flat, spec.tokens());
        try (GraphRunner runner = GraphRunner.open(onnx, RunnerOptions.SERVING)) {
            float[] then = ModelRuns.run(runner, before.feed()).get(NetworkOutputs.QUANTILES);
            float[] now = ModelRuns.run(runner, after.feed()).get(NetworkOutputs.QUANTILES);
            int row = then.length / BATCH / spec.tokens();
            for (int token = 0; token < BATCH * spec.tokens(); token++) {
                if (before.present()[token] == 1) {
                    assertThat(Arrays.copyOfRange(now, token * row, (token + 1) * row))
                            .isEqualTo(Arrays.copyOfRange(then, token * row, (token + 1) * row));
                }
            }
        }
    }

    @Property(tries = TRIES)
    void theExportedWindowEqualsTheLastOfAllTokens(
            @ForAll("specs") ForecastSpec spec, @ForAll long seed) {
        Random random = new Random(seed);
        Network network = Networks.of(spec);
        float[] flat = ModelRuns.parameters(network, random);
        Tokens in = Tokens.random(spec, 1, spec.tokens(), random);

        float[] all =
                ModelRuns.run(ModelRuns.everyToken(spec, flat, spec.tokens()), in.feed())
                        .get(NetworkOutputs.QUANTILES);
        float[] last = ModelRuns.run(network.window(flat), in.feed()).get(NetworkOutputs.QUANTILES);

        assertThat(last)
                .usingComparatorWithPrecision(1e-4f)
                .containsExactly(Arrays.copyOfRange(all, all.length - last.length, all.length));
    }

    @Property(tries = TRIES)
    void valuesThatAreMissingChangeNothing(@ForAll("specs") ForecastSpec spec, @ForAll long seed) {
        Random random = new Random(seed);
        float[] flat = ModelRuns.parameters(Networks.of(spec), random);
        Tokens before = Tokens.random(spec, BATCH, spec.tokens(), random);
        Tokens after = before.withMissingValuesRedrawn(random);

        byte[] onnx = ModelRuns.everyToken(spec, flat, spec.tokens());
        try (GraphRunner runner = GraphRunner.open(onnx, RunnerOptions.SERVING)) {
            assertThat(ModelRuns.run(runner, after.feed()).get(NetworkOutputs.QUANTILES))
                    .isEqualTo(ModelRuns.run(runner, before.feed()).get(NetworkOutputs.QUANTILES));
        }
    }

    @Property(tries = TRIES)
    void aConvolutionReachesAsFarAsItsKernelsAndDilationsSayAndNoFurther(
            @ForAll("convolutions") ForecastSpec spec, @ForAll long seed) {
        Random random = new Random(seed);
        float[] flat = ModelRuns.parameters(Networks.of(spec), random);
        int reach = spec.network().reach(spec.contextLength()) / spec.network().patchLength();
        int tokens = reach + 3;
        Tokens in = Tokens.random(spec, 1, tokens, random);
        Tokens outside = in;
        for (int n = 0; n < tokens - reach; n++) {
            outside = outside.withTokenRedrawn(0, n, random);
        }
        Tokens oldestInside = in.withTokenRedrawn(0, tokens - reach, random);

        byte[] onnx = ModelRuns.everyToken(spec, flat, tokens);
        try (GraphRunner runner = GraphRunner.open(onnx, RunnerOptions.SERVING)) {
            float[] then = last(ModelRuns.run(runner, in.feed()), tokens);
            assertThat(last(ModelRuns.run(runner, outside.feed()), tokens)).isEqualTo(then);
            assertThat(last(ModelRuns.run(runner, oldestInside.feed()), tokens)).isNotEqualTo(then);
        }
    }

    private static float[] last(Map<String, float[]> out, int tokens) {
        float[] all = out.get(NetworkOutputs.QUANTILES);
        return Arrays.copyOfRange(all, all.length - all.length / tokens, all.length);
    }
}
