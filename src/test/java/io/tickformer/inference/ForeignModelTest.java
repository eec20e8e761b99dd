package io.tickformer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.graph.Dim;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ForeignArchitecture;
import io.tickformer.spec.ForeignArchitecture.ForeignTensor;
import io.tickformer.spec.NormalQuantile;
import io.tickformer.testing.ForeignModels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ForeignModelTest {
    private static final ForeignTensor X = new ForeignTensor("x", "BT");
    private static final ForeignTensor MEAN = new ForeignTensor("mean", "BH");
    private static final ForeignTensor Q = new ForeignTensor("q", "BHQ");

    private static ForecastSpec spec(
            ForeignTensor values,
            ForeignTensor observed,
            ForeignTensor quantiles,
            ForeignTensor mean,
            boolean normalised) {
        return ForeignModels.spec(
                new ForeignArchitecture(values, observed, quantiles, mean, normalised));
    }

    /** Forecasts after 0, 2, 4, ... of slopes 1, 2, ... in one micro-batch. */
    private static List<Forecast> forecasts(byte[] onnx, ForecastSpec spec, int series) {
        List<Forecast> forecasts = new ArrayList<>();
        try (ForecastModel model = ForecastModel.open(onnx, spec, ExecutionProvider.CPU);
                MicroBatch batch = model.newMicroBatch(5, ForecastSelection.ALL)) {
            for (int i = 0; i < series; i++) {
                SeriesContext context = SeriesContext.of(spec);
                for (int tick = 0; tick < 6; tick++) {
                    context.update(tick, (i + 1) * tick);
                }
                batch.add(context);
            }
            batch.run();
            for (int i = 0; i < series; i++) {
                forecasts.add(batch.forecast(i, "series " + i));
            }
        }
        return forecasts;
    }

    private static void assertStraightLines(List<Forecast> forecasts) {
        for (int i = 0; i < forecasts.size(); i++) {
            Forecast forecast = forecasts.get(i);
            assertThat(forecast.quality()).isEqualTo(ForecastQuality.OK);
            assertThat(forecast.tickTimeMillis()).isEqualTo(5_000);
            for (int step = 0; step < ForeignModels.H; step++) {
                float line = (i + 1) * (6 + step);
                assertThat(forecast.mean()[step]).isCloseTo(line, offset(1e-3));
                assertThat(forecast.quantile(step, 0)).isLessThan(forecast.quantile(step, 1));
            }
        }
    }

    @Test
    void rawValuesGoInAndComeOut() {
        ForecastSpec spec = spec(X, null, Q, MEAN, false);

        List<Forecast> forecasts = forecasts(ForeignModels.plain(Dim.BATCH), spec, 3);

        assertStraightLines(forecasts);
        // Sorted, although the model's offsets are not.
        assertThat(forecasts.get(0).quantile(0, 0)).isCloseTo(5, offset(1e-5));
        assertThat(forecasts.get(0).quantile(0, 1)).isCloseTo(7, offset(1e-5));
        assertThat(forecasts.get(0).modelVersion()).hasSize(12).matches("[0-9a-f]+");
    }

    @Test
    void normalisedValuesComeBackInTheSeriesOwnUnit() {
        ForecastSpec spec = spec(X, null, Q, MEAN, true);

        // A straight line stays one in any frame; the offsets are in units of the scale.
        assertStraightLines(forecasts(ForeignModels.plain(Dim.BATCH), spec, 3));
    }

    @Test
    void anyOrderOfDimensionsIsReadAndWritten() {
        ForecastSpec spec =
                spec(
                        new ForeignTensor("x", "T1B"),
                        null,
                        new ForeignTensor("q", "QBH"),
                        null,
                        false);

        List<Forecast> forecasts = forecasts(ForeignModels.transposed(), spec, 4);

        for (int i = 0; i < 4; i++) {
            for (int step = 0; step < ForeignModels.H; step++) {
                float line = (i + 1) * (6 + step);
                assertThat(forecasts.get(i).quantile(step, 0)).isCloseTo(line - 1, offset(1e-3));
                assertThat(forecasts.get(i).quantile(step, 1)).isCloseTo(line + 1, offset(1e-3));
            }
        }
    }

    @Test
    void aGraphForAFixedNumberOfSeriesRunsAsOftenAsNeeded() {
        ForecastSpec spec = spec(X, null, Q, MEAN, false);

        assertStraightLines(forecasts(ForeignModels.plain(Dim.of(1)), spec, 3));
        assertStraightLines(forecasts(ForeignModels.plain(Dim.of(2)), spec, 5));
        assertStraightLines(forecasts(ForeignModels.plain(Dim.of(8)), spec, 5));
    }

    @Test
    void aModelMayReadWhichTicksAreObservedAndAnswerAMeanOnly() {
        ForecastSpec spec =
                spec(
                        new ForeignTensor("x", "BT1"),
                        new ForeignTensor("known", "BT"),
                        null,
                        MEAN,
                        false);
        try (ForecastModel model =
                        ForecastModel.open(
                                ForeignModels.countingKnownTicks(), spec, ExecutionProvider.CPU);
                MicroBatch batch = model.newMicroBatch(1, ForecastSelection.ALL)) {
            SeriesContext context = SeriesContext.of(spec);
            context.update(0, 5);
            context.update(2, 5);
            context.update(3, 5);
            batch.add(context);
            batch.run();

            Forecast forecast = batch.forecast(0, "s");
            assertThat(forecast.mean()).containsOnly(3);
            assertThat(forecast.quantiles()).containsOnly(3);
        }
    }

    @Test
    void anAnswerThatIsNotFiniteFallsBackToAFanAboutTheLastObservedValue() {
        ForecastSpec spec = spec(X, null, null, MEAN, false);
        try (ForecastModel model =
                        ForecastModel.open(ForeignModels.logarithm(), spec, ExecutionProvider.CPU);
                MicroBatch batch = model.newMicroBatch(2, ForecastSelection.ALL)) {
            SeriesContext negative = SeriesContext.of(spec);
            SeriesContext positive = negative.copy();
            for (int tick = 0; tick < 10; tick++) {
                negative.update(tick, -2.5);
                positive.update(tick, 1);
            }
            batch.add(negative);
            batch.add(positive);
            batch.run();

            Forecast fallback = batch.forecast(0, "negative");
            assertThat(fallback.quality()).isEqualTo(ForecastQuality.FALLBACK);
            assertThat(fallback.mean()).containsOnly(-2.5);
            // Around it, as far apart as the scale of a constant series is.
            double spread = NormalQuantile.of(0.75) * 2.5 * 1e-12;
            for (int step = 0; step < fallback.horizon(); step++) {
                assertThat(fallback.quantile(step, 0)).isEqualTo(-2.5 - spread);
                assertThat(fallback.quantile(step, 1)).isEqualTo(-2.5 + spread);
            }
            Forecast sound = batch.forecast(1, "positive");
            assertThat(sound.quality()).isEqualTo(ForecastQuality.OK);
            assertThat(sound.mean()).containsOnly(0);
        }
    }

    @Test
    void namesAndShapesThatTheGraphDoesNotHaveAreRefused() {
        assertRefused(
                spec(new ForeignTensor("y", "BT"), null, Q, MEAN, false),
                "the spec names the input y; the graph has [x]");
        assertRefused(
                spec(X, null, new ForeignTensor("p", "BHQ"), MEAN, false),
                "the spec names the output p; the graph has [mean, q]");
        assertRefused(
                spec(new ForeignTensor("x", "BT1"), null, Q, MEAN, false),
                "input x has shape [?, 4] in the graph; the spec expects [B, 4, 1]");
        assertRefused(
                spec(X, null, new ForeignTensor("q", "BQH"), MEAN, false),
                "output q has shape [?, 3, 2] in the graph; the spec expects [B, 2, 3]");
    }

    private static void assertRefused(ForecastSpec spec, String message) {
        assertThatThrownBy(
                        () ->
                                ForecastModel.open(
                                        ForeignModels.plain(Dim.BATCH),
                                        spec,
                                        ExecutionProvider.CPU))
                .isInstanceOf(InferenceException.class)
                .hasMessage(message);
    }

    @Test
    void anInputThatTheSpecLeavesOutIsNamed() {
        ForecastSpec spec = spec(new ForeignTensor("x", "BT1"), null, null, MEAN, false);

        assertThatThrownBy(
                        () ->
                                ForecastModel.open(
                                        ForeignModels.countingKnownTicks(),
                                        spec,
                                        ExecutionProvider.CPU))
                .isInstanceOf(InferenceException.class)
                .hasMessage("the graph also reads the inputs [known]; the spec names [x]");
    }

    private static ModelProto.Builder plainFile() throws Exception {
        return ModelProto.parseFrom(ForeignModels.plain(Dim.BATCH)).toBuilder();
    }

    @Test
    void tensorsBetweenNodesNeedNoTypesAndOtherDomainsMayBeDeclared() throws Exception {
        ModelProto.Builder file = plainFile();
        file.getGraphBuilder().clearValueInfo();
        file.addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain("com.microsoft").setVersion(1));
        file.getGraphBuilder()
                .addNode(
                        NodeProto.newBuilder()
                                .setName("fused")
                                .setDomain("com.microsoft")
                                .setOpType("Gelu")
                                .addInput("x")
                                .addOutput("fused"));

        assertStraightLines(
                forecasts(file.build().toByteArray(), spec(X, null, Q, MEAN, false), 3));
    }

    @Test
    void anOpOfADomainThatTheFileDoesNotDeclareIsRefused() throws Exception {
        ModelProto.Builder file = plainFile();
        lastNode(file).setDomain("com.example");

        assertRefused(file, "the op belongs to the domain 'com.example', but the file declares no");
    }

    @Test
    void nodesOutOfOrderAreRefused() throws Exception {
        ModelProto.Builder file = plainFile();
        List<NodeProto> nodes = new ArrayList<>(file.getGraph().getNodeList());
        Collections.reverse(nodes);
        file.getGraphBuilder().clearNode().addAllNode(nodes);

        assertRefused(file, "before node");
    }

    private static void assertRefused(ModelProto.Builder file, String words) {
        byte[] onnx = file.build().toByteArray();
        assertThatThrownBy(
                        () ->
                                ForecastModel.open(
                                        onnx, spec(X, null, Q, MEAN, false), ExecutionProvider.CPU))
                .isInstanceOf(InferenceException.class)
                .hasMessageStartingWith("the ONNX file is not valid; export it anew: ")
                .hasMessageContaining(words);
    }

    private static NodeProto.Builder lastNode(ModelProto.Builder file) {
        GraphProto.Builder graph = file.getGraphBuilder();
        return graph.getNodeBuilder(graph.getNodeCount() - 1);
    }
}
