package io.tickformer.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class DistortionTest {
    private final SeriesRandom chance = SeriesRandom.of(9, 9);
    private final double[] curve = AutoregressiveNoise.white().draw(5_000, SeriesRandom.of(9, 1));

    @Test
    void anExponentialIsPositiveAndLeansUp() {
        new Distortion.Exponential(0.8).apply(curve, chance);

        assertThat(boxed(curve)).allSatisfy(value -> assertThat(value).isPositive());
        double mean = CurveMath.mean(curve);
        long above = Arrays.stream(curve).filter(value -> value > mean).count();
        assertThat(above / 5_000.0).isLessThan(0.45);
    }

    @Test
    void hardLimitsCutOffAndSoftOnesBend() {
        double[] other = curve.clone();
        new Distortion.Saturation(-0.5, 1, true).apply(curve, chance);
        new Distortion.Saturation(-0.5, 1, false).apply(other, chance);

        assertThat(boxed(curve)).allSatisfy(value -> assertThat(value).isBetween(-0.5, 1.0));
        assertThat(curve).contains(-0.5, 1.0);
        assertThat(boxed(other)).allSatisfy(value -> assertThat(value).isBetween(-0.5, 1.0));
        assertThat(other).doesNotContain(-0.5);
    }

    @Test
    void roundingLeavesWholeSteps() {
        new Distortion.Rounding(0.25).apply(curve, chance);

        assertThat(boxed(curve))
                .allSatisfy(
                        value ->
                                assertThat(value / 0.25)
                                        .isCloseTo(Math.rint(value / 0.25), offset(1e-9)));
    }

    @Test
    void aStandstillRepeatsAValue() {
        new Distortion.Standstill(10, 100, false).apply(curve, chance);

        assertThat(repeats()).isGreaterThan(50);
    }

    @Test
    void aMachineStandsStillAtItsLowest() {
        double lowest = Arrays.stream(curve).min().orElseThrow();
        new Distortion.Standstill(10, 100, true).apply(curve, chance);

        long still = Arrays.stream(curve).filter(value -> value == lowest).count();
        assertThat(still).isGreaterThan(50);
    }

    @Test
    void asManyTicksAreMissingAsAsked() {
        new Gaps(0.2, 0, 1).apply(curve, chance);

        long missing = Arrays.stream(curve).filter(Double::isNaN).count();
        assertThat(missing / 5_000.0).isCloseTo(0.2, offset(0.02));
        assertThat(curve[0]).isNotNaN();
        assertThat(curve[4_999]).isNotNaN();
    }

    @Test
    void gapsComeInRuns() {
        new Gaps(0, 6, 40).apply(curve, chance);

        int runs = 0;
        int missing = 0;
        for (int i = 1; i < curve.length; i++) {
            runs += Double.isNaN(curve[i]) && !Double.isNaN(curve[i - 1]) ? 1 : 0;
            missing += Double.isNaN(curve[i]) ? 1 : 0;
        }
        assertThat(runs).isBetween(1, 20);
        assertThat(missing).isGreaterThan(4 * runs);
    }

    private int repeats() {
        int repeats = 0;
        for (int i = 1; i < curve.length; i++) {
            repeats += curve[i] == curve[i - 1] ? 1 : 0;
        }
        return repeats;
    }

    private static Double[] boxed(double[] values) {
        return Arrays.stream(values).boxed().toArray(Double[]::new);
    }
}
