package io.tickformer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.graph.Dim;
import io.tickformer.graph.Graph;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.onnx.OnnxCheck;
import io.tickformer.onnx.OnnxFile;
import io.tickformer.onnx.OnnxWriter;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.NormalQuantile;
import io.tickformer.testing.TestSpecs;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransformerTest {
    private static final ForecastSpec STREAMING =
            TestSpecs.streaming(60_000, 4, 5, 6, 3, 16, 2, 32);

    private final Transformer transformer = new Transformer(STREAMING);

    @Test
    void theOldestTokenOfTheReceptiveFieldStillCounts() {
        Random random = new Random(3);
        float[] flat = ModelRuns.parameters(transformer, random);
        int tokens = STREAMING.tokens() + 2;
        Tokens in = Tokens.random(STREAMING, 1, tokens, random);
        Tokens justOutside = in.withTokenRedrawn(0, 1, random);
        Tokens justInside = in.withTokenRedrawn(0, 2, random);

        byte[] onnx = ModelRuns.everyToken(STREAMING, flat, tokens);
        try (GraphRunner runner = GraphRunner.open(onnx, RunnerOptions.SERVING)) {
            float[] then = last(runner, in);
            assertThat(last(runner, justOutside)).isEqualTo(then);
            assertThat(last(runner, justInside)).isNotEqualTo(then);
        }
    }

    private static float[] last(GraphRunner runner, Tokens in) {
        float[] all = ModelRuns.run(runner, in.feed()).get(NetworkOutputs.MEAN);
        return Arrays.copyOfRange(all, all.length - all.length / in.tokens(), all.length);
    }

    @Test
    void beforeTrainingQuantilesAreNearThoseOfTheStandardNormal() {
        Tokens in = Tokens.random(STREAMING, 1, STREAMING.tokens(), new Random(4));

        float[] quantiles =
                ModelRuns.run(transformer.window(transformer.layout().initialise(1)), in.feed())
                        .get(NetworkOutputs.QUANTILES);

        double[] normal = {-1.959964, -1.281552, -0.674490, 0, 0.674490, 1.281552, 1.959964};
        for (int i = 0; i < quantiles.length; i++) {
            assertThat((double) quantiles[i]).isCloseTo(normal[i % normal.length], within(0.3));
        }
        for (int i = 0; i < normal.length; i++) {
            assertThat(NormalQuantile.of(STREAMING.quantileLevels().get(i)))
                    .isCloseTo(normal[i], within(1e-6));
        }
    }

    @Test
    void viewsOfAFlatVectorAnswerAsNamedInitializersDo() {
        Random random = new Random(5);
        float[] flat = ModelRuns.parameters(transformer, random);
        Tokens in = Tokens.random(STREAMING, 2, STREAMING.tokens(), random);
        GraphBuilder g = new GraphBuilder();
        Tensor vector = g.input("parameters", Shape.of(flat.length));
        TokenInputs inputs =
                TokenInputs.declare(
                        g, STREAMING, Dim.of(2), STREAMING.tokens(), STREAMING.tokens());
        NetworkOutputs outputs =
                transformer.forward(
                        g,
                        ParameterTensors.views(g, transformer.layout(), vector),
                        inputs,
                        Dropout.NONE);
        g.output(NetworkOutputs.QUANTILES, outputs.quantiles());
        Map<String, HostTensor> feed = new HashMap<>(in.feed());
        feed.put("parameters", HostTensor.of(flat, flat.length));

        float[] ofViews = ModelRuns.run(g.build(), feed).get(NetworkOutputs.QUANTILES);

        float[] ofInitializers =
                ModelRuns.run(ModelRuns.everyToken(STREAMING, flat, STREAMING.tokens()), in.feed())
                        .get(NetworkOutputs.QUANTILES);
        assertThat(ofViews).usingComparatorWithPrecision(1e-6f).containsExactly(ofInitializers);
    }

    @Test
    void dropoutMasksOfOnesChangeNothingAndMasksOfZerosDoChangeTheAnswer() {
        Random random = new Random(6);
        float[] flat = ModelRuns.parameters(transformer, random);
        Tokens in = Tokens.random(STREAMING, 2, STREAMING.tokens(), random);
        GraphBuilder g = new GraphBuilder();
        DropoutMasks masks = new DropoutMasks(g);
        TokenInputs inputs =
                TokenInputs.declare(
                        g, STREAMING, Dim.of(2), STREAMING.tokens(), STREAMING.tokens());
        ParameterTensors parameters = ParameterTensors.initializers(g, transformer.layout(), flat);
        NetworkOutputs outputs = transformer.forward(g, parameters, inputs, masks);
        g.output(NetworkOutputs.MEAN, outputs.mean());
        Graph graph = g.build();

        float[] kept = ModelRuns.run(graph, fedWith(in, masks, 1)).get(NetworkOutputs.MEAN);
        float[] dropped = ModelRuns.run(graph, fedWith(in, masks, 0)).get(NetworkOutputs.MEAN);

        float[] without =
                ModelRuns.run(ModelRuns.everyToken(STREAMING, flat, STREAMING.tokens()), in.feed())
                        .get(NetworkOutputs.MEAN);
        assertThat(masks.inputs())
                .extracting(Tensor::name)
                .containsExactly(
                        "dropout.embed",
                        "dropout.block0.attention",
                        "dropout.block0.feedForward",
                        "dropout.block1.attention",
                        "dropout.block1.feedForward",
                        "dropout.block2.attention",
                        "dropout.block2.feedForward");
        assertThat(kept).usingComparatorWithPrecision(1e-6f).containsExactly(without);
        assertThat(dropped).isNotEqualTo(without);
    }

    private static Map<String, HostTensor> fedWith(Tokens in, DropoutMasks masks, float value) {
        Map<String, HostTensor> feed = new HashMap<>(in.feed());
        for (Tensor mask : masks.inputs()) {
            long[] shape = mask.shape().dims().stream().mapToLong(Dim::size).toArray();
            float[] elements = new float[mask.shape().fixedElements()];
            Arrays.fill(elements, value);
            feed.put(mask.name(), HostTensor.of(elements, shape));
        }
        return feed;
    }

    @Test
    void theFlatVectorComesBackFromTheExportedFile() {
        float[] flat = ModelRuns.parameters(transformer, new Random(7));

        byte[] onnx = OnnxWriter.write(transformer.window(flat), Map.of());

        assertThat(transformer.layout().flatten(OnnxFile.read(onnx).initializers()))
                .isEqualTo(flat);
    }

    @Test
    void aFileWithoutAParameterIsRefusedByName() {
        assertThatThrownBy(() -> transformer.layout().flatten(Map.of()))
                .hasMessage("the parameter 'embed.weight' is missing; expected float[10,16]");
    }

    @Test
    void parametersOfTheWrongNumberAreRefused() {
        assertThatThrownBy(() -> transformer.window(new float[3]))
                .hasMessage(
                        "3 parameters are given; the layout has %d"
                                .formatted(transformer.layout().size()));
    }

    @Test
    void attentionOverManyTokensIsExactlyZeroAboveTheDiagonal() {
        int tokens = 200;
        ForecastSpec vanilla = TestSpecs.vanilla(60_000, tokens, 2, 1, 16, 2, 16);
        Random random = new Random(8);
        float[] flat = ModelRuns.parameters(new Transformer(vanilla), random);
        Tokens in = Tokens.random(vanilla, 2, tokens, random);

        float[] weights =
                ModelRuns.run(ModelRuns.everyToken(vanilla, flat, tokens), in.feed())
                        .get(ModelRuns.attention(0));

        for (int i = 0; i < weights.length; i++) {
            if (i % tokens > i / tokens % tokens) {
                assertThat(weights[i]).isZero();
            }
        }
    }

    @Test
    void exportedFilesAreSoundAndTheSameWheneverTheyAreWritten() {
        ForecastSpec vanilla = TestSpecs.vanilla(60_000, 24, 3, 2, 8, 2, 16);
        for (ForecastSpec spec : List.of(STREAMING, vanilla)) {
            float[] flat = new Transformer(spec).layout().initialise(9);

            byte[] onnx = OnnxWriter.write(new Transformer(spec).window(flat), Map.of("k", "v"));

            assertThat(OnnxCheck.problemsOfOwnFile(onnx)).isEmpty();
            assertThat(OnnxWriter.write(new Transformer(spec).window(flat), Map.of("k", "v")))
                    .isEqualTo(onnx);
        }
    }

    @Test
    void theSameSeedGivesTheSameParametersAndAnotherSeedOthers() {
        ParameterLayout layout = transformer.layout();

        assertThat(layout.initialise(1)).isEqualTo(layout.initialise(1));
        assertThat(layout.initialise(1)).isNotEqualTo(layout.initialise(2));
    }

    @Test
    void theExportedFileNamesItsParametersReadably() {
        List<String> names =
                transformer.layout().parameters().stream().map(Parameter::name).toList();

        assertThat(names)
                .startsWith(
                        "embed.weight",
                        "embed.bias",
                        "block0.attention.norm.scale",
                        "block0.attention.query",
                        "block0.attention.key",
                        "block0.attention.value",
                        "block0.attention.output",
                        "block0.feedForward.norm.scale",
                        "block0.feedForward.expand",
                        "block0.feedForward.contract")
                .endsWith(
                        "final.norm.scale",
                        "head.quantiles.weight",
                        "head.quantiles.bias",
                        "head.mean.weight",
                        "head.mean.bias");
    }
}
