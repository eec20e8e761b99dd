package io.tickformer.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.context.SeriesContext;
import io.tickformer.model.Networks;
import io.tickformer.model.Parameter;
import io.tickformer.model.ParameterLayout;
import io.tickformer.spec.ConvolutionArchitecture;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.LinearArchitecture;
import io.tickformer.spec.LinearArchitecture.Variant;
import io.tickformer.spec.RecurrentArchitecture;
import io.tickformer.spec.RecurrentArchitecture.Pooling;
import io.tickformer.spec.SeasonalPath;
import io.tickformer.testing.TestModels;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The measured influence agrees with the theory of each architecture. */
class ExplainerTest {
    private static final long MINUTE = 60_000;

    private static List<SeriesContext> windows(ForecastSpec spec) {
        Random random = new Random(3);
        SeriesContext one = SeriesContext.of(spec);
        SeriesContext other = SeriesContext.of(spec);
        for (int tick = 0; tick < 3 * spec.contextLength(); tick++) {
            one.update(tick, 50 + 5 * random.nextGaussian());
            other.update(tick, 1e6 + 1e4 * random.nextGaussian());
        }
        return List.of(one, other);
    }

    private static Explanation explain(ForecastSpec spec, float[] weights, int... steps) {
        List<Integer> chosen = Arrays.stream(steps).boxed().toList();
        return new Explainer(spec, weights, chosen).explain(windows(spec));
    }

    @Test
    void aLinearMapsInfluenceIsTheSizeOfItsWeights() {
        ForecastSpec spec = ForecastSpec.of(MINUTE, 5, 2, LinearArchitecture.of(Variant.LINEAR, 5));
        ParameterLayout layout = Networks.of(spec).layout();
        float[] weights = layout.initialise(1);
        float[] map = {0.1f, 0, -0.2f, 0.3f, 0.4f, 0, -0.5f, 0.6f, 0.7f, 0.8f}; // T x H
        Parameter matrix = layout.parameter("map.weight");
        System.arraycopy(map, 0, weights, matrix.offset(), map.length);

        Explanation explanation = explain(spec, weights, 1, 2);

        double[] first = {0.7, 0.5, 0.4, 0.2, 0.1};
        double[] both = {0.75, 0.55, 0.2, 0.25, 0.05};
        assertThat(explanation.bySteps().get(1).byAge()).containsExactly(first, within(1e-6));
        assertThat(explanation.overall().byAge()).containsExactly(both, within(1e-6));
        assertThat(explanation.attention()).isEmpty();
    }

    @Test
    void theSeasonalPathCountsToo() {
        ForecastSpec spec =
                ForecastSpec.of(MINUTE, 6, 3, LinearArchitecture.of(Variant.LINEAR, 6))
                        .withSeasonalPath(new SeasonalPath(3, 2));
        ParameterLayout layout = Networks.of(spec).layout();
        float[] weights = layout.initialise(1);
        Parameter matrix = layout.parameter("map.weight");
        Arrays.fill(weights, matrix.offset(), matrix.end(), 0.1f);

        Influence influence = explain(spec, weights, 2).overall();

        // Half of each of two seasons, the second tick of each, beside the map's own 0.1.
        double[] expected = {0.1, 0.6, 0.1, 0.1, 0.6, 0.1};
        assertThat(influence.byAge()).containsExactly(expected, within(1e-6));
        assertThat(spec.reach()).isEqualTo(6);
    }

    @Test
    void aConvolutionsInfluenceEndsWhereItsKernelsDo() {
        ConvolutionArchitecture network = new ConvolutionArchitecture(2, 3, List.of(1, 2), 8);
        ForecastSpec spec = ForecastSpec.of(MINUTE, 40, 4, network);

        Influence influence = explain(spec, TestModels.weights(spec, 4), 1, 4).overall();

        assertThat(influence.furthest()).isEqualTo(14).isEqualTo(network.reach(40));
    }

    @Test
    void aRecurrentNetworksInfluenceFadesWithDistance() {
        ForecastSpec spec =
                ForecastSpec.of(MINUTE, 40, 4, new RecurrentArchitecture(1, 1, 8, Pooling.LAST));

        Influence influence =
                explain(spec, Networks.of(spec).layout().initialise(5), 1, 4).overall();

        double[] byAge = influence.byAge();
        assertThat(mean(byAge, 0, 10)).isGreaterThan(3 * mean(byAge, 10, 20));
        assertThat(mean(byAge, 10, 20)).isGreaterThan(3 * mean(byAge, 30, 40));
    }

    private static double mean(double[] values, int from, int to) {
        return Arrays.stream(values, from, to).average().orElseThrow();
    }

    @Test
    void bandedAttentionReachesThroughItsLayersAndNoFurtherInEach() {
        ForecastSpec spec = TestModels.STREAMING;

        Explanation explanation = explain(spec, TestModels.weights(spec, 6), 1);

        assertThat(explanation.overall().furthest()).isEqualTo(spec.contextLength());
        assertThat(explanation.attention())
                .extracting(map -> map.place() + " " + map.head())
                .containsExactly("layer 1 1", "layer 1 2", "layer 2 1", "layer 2 2");
        for (AttentionMap map : explanation.attention()) {
            double[] byAge = map.byAge();
            assertThat(Arrays.stream(byAge).sum()).isCloseTo(1, within(1e-5));
            assertThat(byAge[2]).isPositive();
            assertThat(byAge[3]).isZero();
            assertThat(map.meanAge()).isBetween(0.0, 2.0);
        }
    }

    @Test
    void everyArchitectureCanBeExplained() {
        TestModels.everyArchitecture()
                .forEach(
                        (name, spec) -> {
                            Explanation explanation = explain(spec, TestModels.weights(spec, 7), 1);
                            int reach = spec.network().reach(spec.contextLength());
                            assertThat(explanation.windows()).isEqualTo(2);
                            assertThat(explanation.overall().furthest()).as(name).isEqualTo(reach);
                        });
    }
}
