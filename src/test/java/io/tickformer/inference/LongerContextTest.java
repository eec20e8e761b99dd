package io.tickformer.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.context.SeriesContext;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.TestModels;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Contexts that a model of another context length has left behind. */
final class LongerContextTest {

    static List<ForecastSpec> specs() {
        return List.of(TestModels.STREAMING, TestModels.CHANNELS);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void incrementalForecastsOfALongerContextEqualTheFullOnes(ForecastSpec spec) {
        byte[] onnx = TestModels.transformer(spec, 5);
        try (ForecastModel model = ForecastModel.open(onnx, ExecutionProvider.CPU);
                SideBySide forecasters = new SideBySide(model, 4, 9)) {
            Random random = new Random(3);
            for (int length = 1; length <= 14; length++) {
                SeriesContext before = new SeriesContext(length, spec.channelCount());
                for (int tick = 0; tick < 20; tick++) {
                    before.update(tick, values(random, spec));
                }
                String series = "of " + length;
                forecasters.adopt(series, before.withRing(spec.ringTicks()));
                for (int tick = 20; tick < 45; tick++) {
                    if (tick % 7 == 3) {
                        forecasters.passOver(series, tick);
                    } else {
                        forecasters.observe(series, tick, values(random, spec));
                    }
                }
            }
            forecasters.compare();

            assertThat(forecasters.largestDifference()).isPositive();
            assertThat(forecasters.largestDifference()).isLessThan(SideBySide.TOLERANCE);
        }
    }

    private static double[] values(Random random, ForecastSpec spec) {
        double[] values = new double[spec.channelCount()];
        for (int channel = 0; channel < values.length; channel++) {
            values[channel] = 5 * channel + random.nextGaussian();
        }
        return values;
    }
}
