package io.tickformer.feedback.issued;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The curve through quantiles, and its inverse. */
final class QuantileCurvePropertyTest {
    private static final double[] LEVELS = {0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975};

    private final QuantileCurve curve = new QuantileCurve(LEVELS);

    private static double[] sorted(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    @Property
    void theValueAtTheScoreOfAValueIsTheValue(
            @ForAll @Size(7) List<@DoubleRange(min = -100, max = 100) Double> drawn,
            @ForAll @DoubleRange(min = -50, max = 50) double value) {
        double[] quantiles = sorted(drawn);
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] += 0.01 * i;
        }
        double score = curve.scoreOf(quantiles, 0, value);
        if (Math.abs(score) < QuantileCurve.LARGEST) {
            double rounding = 1e-9 * (1 + quantiles[6] - quantiles[0]);
            assertThat(curve.valueAt(quantiles, 0, score)).isCloseTo(value, within(rounding));
        }
    }

    @Property
    void aLargerValueHasNoSmallerScore(
            @ForAll @Size(7) List<@DoubleRange(min = -100, max = 100) Double> drawn,
            @ForAll @DoubleRange(min = -500, max = 500) double value,
            @ForAll @DoubleRange(min = 0, max = 500) double more) {
        double[] quantiles = sorted(drawn);
        assertThat(curve.scoreOf(quantiles, 0, value + more))
                .isGreaterThanOrEqualTo(curve.scoreOf(quantiles, 0, value));
    }

    @Test
    void theQuantilesThemselvesHaveTheScoresOfTheirLevels() {
        double[] quantiles = {-3, -2, -1, 0, 2, 4, 6};
        for (int i = 0; i < LEVELS.length; i++) {
            assertThat(curve.scoreOf(quantiles, 0, quantiles[i])).isEqualTo(curve.score(i));
            assertThat(curve.valueAt(quantiles, 0, curve.score(i))).isEqualTo(quantiles[i]);
        }
    }

    @Test
    void aValueThatSeveralQuantilesShareHasTheMiddleOfTheirScores() {
        double[] quantiles = new double[7];
        assertThat(curve.scoreOf(quantiles, 0, 0)).isCloseTo(0, within(1e-9));
        assertThat(curve.scoreOf(quantiles, 0, 1e-9)).isEqualTo(QuantileCurve.LARGEST);
        assertThat(curve.scoreOf(quantiles, 0, -1e12)).isEqualTo(-QuantileCurve.LARGEST);
    }

    @Test
    void oneLevelIsEnough() {
        QuantileCurve median = new QuantileCurve(new double[] {0.5});
        assertThat(median.scoreOf(new double[] {3}, 0, 3)).isCloseTo(0, within(1e-9));
        assertThat(median.scoreOf(new double[] {3}, 0, 4)).isEqualTo(QuantileCurve.LARGEST);
    }
}
