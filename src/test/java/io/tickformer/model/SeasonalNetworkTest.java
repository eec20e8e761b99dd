package io.tickformer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SeasonalPath;
import io.tickformer.spec.SpecException;
import io.tickformer.testing.TestSpecs;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SeasonalNetworkTest {
    private static final int HORIZON = 5;
    private static final int LEVELS = 7;
    private static final ForecastSpec PLAIN =
            TestSpecs.streaming(60_000, 3, 3, HORIZON, 2, 8, 2, 16);

    /** K = 3 seasons of S = 2 ticks; five steps reach into a third season ahead. */
    private static final ForecastSpec SEASONAL = PLAIN.withSeasonalPath(new SeasonalPath(2, 3));

    private final Network network = Networks.of(SEASONAL);
    private final float[] flat = ModelRuns.parameters(network, new Random(1));
    private final Tokens tokens = Tokens.random(PLAIN, 1, PLAIN.tokens(), new Random(2));

    private Map<String, float[]> run(float... recent) {
        Map<String, HostTensor> feed = tokens.feed();
        feed.put(TokenInputs.RECENT, HostTensor.of(recent, 1, recent.length));
        return ModelRuns.run(network.window(flat), feed);
    }

    @Test
    void everyQuantileAndTheMeanMoveByTheWeighedTicksOfPastSeasons() {
        float[] recent = {1, -2, 3, 0.5f, -1, 4};
        Parameter weight = network.layout().parameter("seasonal.weight");
        Map<String, float[]> without = run(0, 0, 0, 0, 0, 0);
        Map<String, float[]> with = run(recent);
        for (int step = 0; step < HORIZON; step++) {
            float expected = 0;
            for (int season = 0; season < 3; season++) {
                int row = weight.offset() + step / 2 * 3;
                expected += flat[row + season] * recent[season * 2 + step % 2];
            }
            assertThat(with.get(NetworkOutputs.MEAN)[step] - without.get(NetworkOutputs.MEAN)[step])
                    .isCloseTo(expected, within(1e-5f));
            for (int level = 0; level < LEVELS; level++) {
                int i = step * LEVELS + level;
                assertThat(
                                with.get(NetworkOutputs.QUANTILES)[i]
                                        - without.get(NetworkOutputs.QUANTILES)[i])
                        .isCloseTo(expected, within(1e-5f));
            }
        }
    }

    @Test
    void weightsStartAsTheMeanOfTheNewestSevenSeasons() {
        Network longer =
                Networks.of(
                        TestSpecs.streaming(60_000, 3, 9, HORIZON, 1, 8, 2, 16)
                                .withSeasonalPath(new SeasonalPath(2, 9)));
        float[] initial = longer.layout().initialise(1);
        Parameter weight = longer.layout().parameter("seasonal.weight");
        for (int i = 0; i < weight.size(); i++) {
            assertThat(initial[weight.offset() + i]).isEqualTo(i % 9 < 2 ? 0 : 1f / 7);
        }
    }

    @Test
    void whereNothingRepeatsWeightsStartAsTheLastValue() {
        Network lastValues = Networks.of(PLAIN.withSeasonalPath(new SeasonalPath(1, 4)));
        float[] initial = lastValues.layout().initialise(1);
        Parameter weight = lastValues.layout().parameter("seasonal.weight");
        assertThat(weight.size()).isEqualTo(HORIZON * 4);
        for (int i = 0; i < weight.size(); i++) {
            assertThat(initial[weight.offset() + i]).isEqualTo(i % 4 < 3 ? 0 : 1);
        }
    }

    @Test
    void thePathAddsNoParameterButItsWeights() {
        assertThat(network.layout().size()).isEqualTo(Networks.of(PLAIN).layout().size() + 3 * 3);
    }

    @Test
    void aPathLongerThanTheContextIsRefused() {
        assertThatThrownBy(() -> PLAIN.withSeasonalPath(new SeasonalPath(24, 14)))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("no more ticks than contextLength = 15");
    }
}
