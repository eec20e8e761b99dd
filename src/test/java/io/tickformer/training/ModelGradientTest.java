package io.tickformer.training;

import io.tickformer.autodiff.GradientCheck;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Tensor;
import io.tickformer.model.Dropout;
import io.tickformer.model.Network;
import io.tickformer.model.NetworkOutputs;
import io.tickformer.model.Networks;
import io.tickformer.model.ParameterLayout;
import io.tickformer.model.ParameterTensors;
import io.tickformer.model.TokenInputs;
import io.tickformer.spec.CalendarFeature;
import io.tickformer.spec.ConvolutionArchitecture;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.LinearArchitecture;
import io.tickformer.spec.LinearArchitecture.Variant;
import io.tickformer.spec.RecurrentArchitecture;
import io.tickformer.spec.RecurrentArchitecture.Pooling;
import io.tickformer.spec.SeasonalPath;
import io.tickformer.testing.TestSpecs;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gradients of whole models, loss included, agree with central differences. */
class ModelGradientTest {
    private static final int BATCH = 2;
    private static final int COORDINATES = 150;

    @Test
    void theStreamingModelsGradientAgreesWithCentralDifferences() {
        agrees(
                TestSpecs.streaming(60_000, 3, 3, 4, 2, 8, 2, 16)
                        .withCalendarFeatures(List.of(CalendarFeature.HOUR_OF_DAY)));
    }

    @Test
    void theVanillaModelsGradientAgreesWithCentralDifferences() {
        agrees(TestSpecs.vanilla(60_000, 7, 4, 2, 8, 2, 16));
    }

    @Test
    void theSingleHeadModelsGradientAgreesWithCentralDifferences() {
        agrees(TestSpecs.vanilla(60_000, 5, 3, 1, 6, 1, 12));
    }

    @Test
    void theConvolutionalModelsGradientAgreesWithCentralDifferences() {
        agrees(
                ForecastSpec.of(60_000, 18, 3, new ConvolutionArchitecture(2, 3, List.of(1, 2), 6))
                        .withCalendarFeatures(List.of(CalendarFeature.HOUR_OF_DAY)));
    }

    @Test
    void theRecurrentModelsGradientAgreesWithCentralDifferences() {
        agrees(ForecastSpec.of(60_000, 12, 3, new RecurrentArchitecture(2, 2, 5, Pooling.LAST)));
    }

    @Test
    void theRecurrentModelsGradientThroughAttentionAgreesWithCentralDifferences() {
        agrees(
                ForecastSpec.of(
                        60_000, 10, 3, new RecurrentArchitecture(2, 1, 5, Pooling.ATTENTION)));
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    void theLinearModelsGradientAgreesWithCentralDifferences(Variant variant) {
        agrees(ForecastSpec.of(60_000, 30, 3, LinearArchitecture.of(variant, 30)));
    }

    @Test
    void theGradientThroughASeasonalPathAgreesWithCentralDifferences() {
        agrees(
                TestSpecs.streaming(60_000, 3, 3, 5, 2, 8, 2, 16)
                        .withSeasonalPath(new SeasonalPath(4, 3)));
    }

    @Test
    void theGradientOfAModelThatMixesChannelsAgreesWithCentralDifferences() {
        agrees(
                TestSpecs.streaming(60_000, 3, 3, 5, 2, 8, 2, 16)
                        .withCalendarFeatures(List.of(CalendarFeature.HOUR_OF_DAY))
                        .withSeasonalPath(new SeasonalPath(4, 3))
                        .withChannels(List.of("a", "b")));
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    void theGradientOfALinearMapOfChannelsAgreesWithCentralDifferences(Variant variant) {
        agrees(
                ForecastSpec.of(60_000, 12, 3, LinearArchitecture.of(variant, 12))
                        .withChannels(List.of("a", "b", "c")));
    }

    private static void agrees(ForecastSpec spec) {
        Network network = Networks.of(spec);
        ParameterLayout layout = network.layout();
        Loss loss = new Loss(spec.quantileLevels(), 0.3);
        GradientCheck check = GradientCheck.of((g, x) -> loss(g, x, network, loss));
        check.values(parameters(layout), true, layout.size());
        try (BatchExample batch = new BatchExample(spec, BATCH, 5)) {
            for (String name : batch.names()) {
                check.values(batch.elements(name), false, batch.shape(name));
            }
            check.agreesAt(COORDINATES);
        }
    }

    /** Inputs: flat parameters, then the batch in its order. */
    private static Tensor loss(GraphBuilder g, List<Tensor> x, Network network, Loss loss) {
        ParameterTensors parameters = ParameterTensors.views(g, network.layout(), x.get(0));
        boolean seasonal = network.spec().seasonalPath() != null;
        TokenInputs tokens =
                new TokenInputs(x.get(1), x.get(2), x.get(3), x.get(4), seasonal ? x.get(7) : null);
        NetworkOutputs outputs = network.forward(g, parameters, tokens, Dropout.NONE);
        return loss.mean(g, outputs, x.get(5), x.get(6));
    }

    /** Off their initial values, so that none is zero and no bias is at rest. */
    private static double[] parameters(ParameterLayout layout) {
        Random random = new Random(11);
        float[] initial = layout.initialise(3);
        double[] moved = new double[initial.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = initial[i] + 0.1 * random.nextGaussian();
        }
        return moved;
    }
}
