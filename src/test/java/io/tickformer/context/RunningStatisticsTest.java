package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.spec.Normalisation;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class RunningStatisticsTest {
    private static final Normalisation NORMALISATION = new Normalisation(8, 4);

    private final RunningStatistics statistics = new RunningStatistics(NORMALISATION);

    @Test
    void beforeTheFirstValueNothingIsKnown() {
        statistics.add(Double.NaN);

        assertThat(statistics.isKnown()).isFalse();
    }

    @Test
    void theFirstValueIsTheLocation() {
        statistics.add(-40);

        assertThat(statistics.frame()).isEqualTo(new Frame(-40, 1e-12 * 40));
    }

    @Test
    void aConstantSeriesKeepsItsValueAndTheFloorOfRounding() {
        for (int i = 0; i < 10_000; i++) {
            statistics.add(0.1);
        }

        assertThat(statistics.location()).isEqualTo(0.1);
        assertThat(statistics.scale()).isEqualTo(1e-12 * 0.1);
    }

    @Test
    void theScaleOfAConstantZeroIsNotZero() {
        for (int i = 0; i < 100; i++) {
            statistics.add(0);
        }

        assertThat(statistics.frame()).isEqualTo(new Frame(0, 1e-300));
    }

    @Test
    void aValueCountsHalfAfterTheHalfLife() {
        statistics.add(1);
        for (int i = 0; i < 7; i++) {
            statistics.add(Double.NaN);
        }
        statistics.add(4);

        // Weights 1/2 and 1: mean (0.5 + 4) / 1.5, variance 0.5 * 1 / 1.5^2 * 9.
        assertThat(statistics.location()).isCloseTo(3, within());
        assertThat(statistics.scale()).isCloseTo(Math.sqrt(2), within());
    }

    @Test
    void missingTicksMoveNeitherLocationNorScale() {
        statistics.add(1);
        statistics.add(5);
        Frame before = statistics.frame();
        for (int i = 0; i < 100_000; i++) {
            statistics.add(Double.NaN);
        }

        assertThat(statistics.location()).isEqualTo(before.location());
        assertThat(statistics.scale()).isCloseTo(before.scale(), within());
    }

    @Test
    void hugeJumpsStayFinite() {
        double[] values = {
            0, SeriesContext.LARGEST_MAGNITUDE, -SeriesContext.LARGEST_MAGNITUDE, 1e-30, 5
        };
        for (double value : values) {
            statistics.add(value);
            assertThat(statistics.location()).isFinite();
            assertThat(statistics.scale()).isFinite().isPositive();
        }
    }

    @Test
    void theScaleIsANumberWhereOnlyTheLastValueStillCounts() {
        RunningStatistics forgetful = new RunningStatistics(new Normalisation(0.01, 4));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100; i++) {
            forgetful.add(Math.pow(10, 12 * random.nextDouble() - 6));

            assertThat(forgetful.scale()).isFinite().isPositive();
        }
    }

    @Test
    void resetForgetsEverything() {
        statistics.add(3);
        statistics.reset();
        statistics.add(7);

        assertThat(statistics.location()).isEqualTo(7);
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-12);
    }
}
