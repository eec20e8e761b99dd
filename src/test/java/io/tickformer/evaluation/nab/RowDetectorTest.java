package io.tickformer.evaluation.nab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class RowDetectorTest {
    @Test
    void theWindowedGaussianScoresTheTailProbabilityOfAValue() {
        WindowedGaussian detector = new WindowedGaussian();
        assertThat(detector.next(1)).isZero();
        detector.next(3);
        // Mean 2, deviation 1: a value of 4 is two deviations off, either way.
        assertThat(detector.next(4)).isCloseTo(1 - 0.022750131948, within(1e-8));
    }

    @Test
    void theWindowedGaussianMovesOnByAStepOnceItIsFull() {
        WindowedGaussian detector = new WindowedGaussian();
        for (int row = 0; row < 6_400; row++) {
            detector.next(row % 2);
        }
        double before = detector.next(1_000);
        assertThat(before).isEqualTo(1);
        for (int row = 0; row < 98; row++) {
            assertThat(detector.next(0.5)).isCloseTo(0.5, within(1e-6));
        }
        detector.next(0.5);
        // The step is complete: the spike has widened the distribution.
        assertThat(detector.next(20)).isLessThan(0.97);
    }

    @Test
    void aConstantFileHasNoAnomalyForEitherDetector() {
        WindowedGaussian gaussian = new WindowedGaussian();
        MedianDeviation deviations = new MedianDeviation(100);
        for (int row = 0; row < 300; row++) {
            assertThat(gaussian.next(5)).isLessThanOrEqualTo(0.5);
            assertThat(deviations.next(5)).isZero();
        }
        assertThat(gaussian.next(6)).isEqualTo(1);
        assertThat(deviations.next(6)).isEqualTo(Double.MAX_VALUE);
    }

    @Test
    void medianDeviationsMeasureTheDistanceFromTheMedianInDeviations() {
        MedianDeviation detector = new MedianDeviation(200);
        Random random = new Random(3);
        for (int row = 0; row < 200; row++) {
            detector.next(random.nextGaussian());
        }
        // Of a standard normal distribution the mean absolute deviation is 0.80.
        assertThat(detector.next(-8)).isCloseTo(10, within(1.5));
        assertThat(detector.next(0)).isLessThan(0.3);
    }
}
