package io.tickformer.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SeriesRandomTest {
    private static final int DRAWS = 40_000;

    @Test
    void theSameSeedAndIndexDrawTheSameNumbersAndOthersDoNot() {
        double first = SeriesRandom.of(7, 3).uniform();

        assertThat(SeriesRandom.of(7, 3).uniform()).isEqualTo(first);
        assertThat(SeriesRandom.of(7, 4).uniform()).isNotEqualTo(first);
        assertThat(SeriesRandom.of(8, 3).uniform()).isNotEqualTo(first);
    }

    @Test
    void neighbouringIndicesAreUncorrelated() {
        double[] first = new double[DRAWS];
        double[] second = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            first[i] = SeriesRandom.of(1, i).normal();
            second[i] = SeriesRandom.of(1, i + 1).normal();
        }
        double products = 0;
        for (int i = 0; i < DRAWS; i++) {
            products += first[i] * second[i];
        }
        assertThat(products / DRAWS).isCloseTo(0, offset(0.03));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1, 4})
    void aGammaNumberHasItsShapeAsMeanAndVariance(double shape) {
        SeriesRandom chance = SeriesRandom.of(1, 0);

        double[] moments = moments(() -> chance.gamma(shape));

        assertThat(moments[0]).isCloseTo(shape, offset(0.05 * (1 + shape)));
        assertThat(moments[1]).isCloseTo(shape, offset(0.1 * (1 + shape)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 6, 200})
    void aPoissonNumberHasItsMeanAsVariance(double mean) {
        SeriesRandom chance = SeriesRandom.of(1, 0);

        double[] moments = moments(() -> chance.poisson(mean));

        assertThat(moments[0]).isCloseTo(mean, offset(0.02 * (1 + mean)));
        assertThat(moments[1]).isCloseTo(mean, offset(0.06 * (1 + mean)));
    }

    @Test
    void studentNumbersHaveTheVarianceOfTheirFreedom() {
        SeriesRandom chance = SeriesRandom.of(1, 0);

        double[] moments = moments(() -> chance.student(8));

        assertThat(moments[0]).isCloseTo(0, offset(0.03));
        assertThat(moments[1]).isCloseTo(8.0 / 6, offset(0.1));
    }

    @Test
    void aChoiceIsAsOftenAsItWeighs() {
        SeriesRandom chance = SeriesRandom.of(1, 0);
        int[] chosen = new int[3];
        for (int i = 0; i < DRAWS; i++) {
            chosen[chance.choose(1, 0, 3)]++;
        }
        assertThat(chosen[1]).isZero();
        assertThat((double) chosen[2] / DRAWS).isCloseTo(0.75, offset(0.01));
    }

    @Test
    void aSplitDoesNotDependOnWhatItsOriginDrawsLater() {
        SeriesRandom one = SeriesRandom.of(1, 0);
        SeriesRandom other = SeriesRandom.of(1, 0);
        SeriesRandom split = one.split();
        one.uniform();

        assertThat(other.split().uniform()).isEqualTo(split.uniform());
    }

    private static double[] moments(DoubleSupplier draw) {
        double[] values = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            values[i] = draw.getAsDouble();
        }
        double deviation = CurveMath.deviation(values);
        return new double[] {CurveMath.mean(values), deviation * deviation};
    }
}
