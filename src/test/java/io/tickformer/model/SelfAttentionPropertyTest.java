package io.tickformer.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.graph.TensorData;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.onnx.OnnxWriter;
import io.tickformer.spec.TransformerArchitecture;
import io.tickformer.spec.TransformerArchitecture.Activation;
import io.tickformer.spec.TransformerArchitecture.Norm;
import io.tickformer.spec.TransformerArchitecture.NormPlacement;
import io.tickformer.spec.TransformerArchitecture.PositionEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Self-attention by itself, with neither positions nor mask. */
class SelfAttentionPropertyTest {

    @Property(tries = 30)
    void permutingTokensPermutesAnswers(
            @ForAll @IntRange(min = 1, max = 3) int heads,
            @ForAll @IntRange(min = 1, max = 4) int headWidth,
            @ForAll @IntRange(min = 1, max = 7) int tokens,
            @ForAll long seed) {
        Random random = new Random(seed);
        int width = heads * headWidth;
        byte[] onnx = attention(width, heads, tokens, PositionEncoding.NONE, random);
        float[] z = new float[tokens * width];
        for (int i = 0; i < z.length; i++) {
            z[i] = (float) random.nextGaussian();
        }
        List<Integer> permutation = new ArrayList<>();
        for (int n = 0; n < tokens; n++) {
            permutation.add(n);
        }
        Collections.shuffle(permutation, random);

        try (GraphRunner runner = GraphRunner.open(onnx, RunnerOptions.SERVING)) {
            float[] answers = run(runner, z, tokens, width);
            float[] ofPermuted = run(runner, permuted(z, permutation, width), tokens, width);
            assertThat(ofPermuted)
                    .usingComparatorWithPrecision(1e-5f)
                    .containsExactly(permuted(answers, permutation, width));
        }
    }

    private static byte[] attention(
            int width, int heads, int tokens, PositionEncoding positions, Random random) {
        TransformerArchitecture architecture =
                new TransformerArchitecture(
                        1,
                        TransformerArchitecture.FULL_ATTENTION,
                        1,
                        width,
                        heads,
                        1,
                        positions,
                        NormPlacement.POST,
                        Norm.LAYER,
                        Activation.RELU);
        ParameterLayout layout =
                new Transformer(Specs.withArchitecture(architecture, tokens)).layout();
        GraphBuilder g = new GraphBuilder();
        Tensor z = g.input("z", Shape.batch(tokens, width));
        boolean[] all = new boolean[tokens * tokens];
        Arrays.fill(all, true);
        Tensor allowed = g.constant(TensorData.booleans(Shape.of(1, 1, tokens, tokens), all));
        ParameterTensors parameters =
                ParameterTensors.initializers(g, layout, layout.initialise(random.nextLong()));
        Tensor answers =
                new SelfAttention(g, parameters, architecture, AttentionProbe.NONE)
                        .apply(0, z, 0, allowed);
        g.output("answers", answers);
        return OnnxWriter.write(g.build(), Map.of());
    }

    private static float[] run(GraphRunner runner, float[] z, int tokens, int width) {
        return ModelRuns.run(runner, Map.of("z", HostTensor.of(z, 1, tokens, width)))
                .get("answers");
    }

    private static float[] permuted(float[] rows, List<Integer> permutation, int width) {
        float[] result = new float[rows.length];
        for (int n = 0; n < permutation.size(); n++) {
            System.arraycopy(rows, permutation.get(n) * width, result, n * width, width);
        }
        return result;
    }
}
