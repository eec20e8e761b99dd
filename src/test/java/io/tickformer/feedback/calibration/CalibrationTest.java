package io.tickformer.feedback.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.issued.ForecastPaths;
import io.tickformer.spec.NormalQuantile;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Calibration of forecasts of one step, where each value is feedback for the forecast before it.
 */
final class CalibrationTest {
    private static final double[] SYMMETRIC = {0.1, 0.5, 0.9};
    private static final double[] WITHOUT_MIRRORS = {0.2, 0.5, 0.9};

    private final SplittableRandom random = new SplittableRandom(5);

    @Test
    void levelsWithoutMirrorImagesHoldEachByItself() {
        Calibration calibration = calibration(WITHOUT_MIRRORS);
        double[] raw = normal(WITHOUT_MIRRORS, 0.4);
        double[] below = new double[3];
        int counted = 0;
        for (int tick = 0; tick < 6000; tick++) {
            double value = Math.exp(gaussian()) - 1;
            double[] published = learn(calibration, raw, value);
            if (tick >= 2000) {
                for (int i = 0; i < 3; i++) {
                    below[i] += value < published[i] ? 1 : 0;
                }
                counted++;
            }
        }
        assertThat(below[0] / counted).isCloseTo(0.2, within(0.02));
        assertThat(below[2] / counted).isCloseTo(0.9, within(0.02));
    }

    @Test
    void errorsThatKeepTheirSignForDaysWidenIntervalsAndDoNotShiftThem() {
        Calibration calibration = calibration(SYMMETRIC);
        double[] raw = normal(SYMMETRIC, 0.5);
        double covered = 0;
        double farthest = 0;
        int counted = 0;
        for (int tick = 0; tick < 6000; tick++) {
            double bias = tick / 100 % 2 == 0 ? 0.8 : -0.8;
            double value = bias + 0.6 * gaussian();
            double[] published = learn(calibration, raw, value);
            if (tick >= 2000) {
                covered += value >= published[0] && value <= published[2] ? 1 : 0;
                farthest = Math.max(farthest, Math.abs(published[0] + published[2]) / 2);
                counted++;
            }
        }
        assertThat(covered / counted).isCloseTo(0.8, within(0.02));
        assertThat(farthest).isLessThan(0.1);
    }

    @Test
    void aSeriesThatBeginsFlatIsCalibratedOnceItMoves() {
        Calibration calibration = calibration(SYMMETRIC);
        for (int tick = 0; tick < 500; tick++) {
            learn(calibration, new double[3], 0);
        }
        double covered = 0;
        int counted = 0;
        for (int tick = 0; tick < 4000; tick++) {
            double value = gaussian();
            double[] published = learn(calibration, normal(SYMMETRIC, tick < 20 ? 0 : 0.4), value);
            assertThat(published[2] - published[0]).isLessThan(4);
            if (tick >= 1000) {
                covered += value >= published[0] && value <= published[2] ? 1 : 0;
                counted++;
            }
        }
        assertThat(covered / counted).isCloseTo(0.8, within(0.02));
    }

    @Test
    void wideForecastsAreWidenedMoreThanNarrowOnesButNotInProportion() {
        Calibration calibration = calibration(SYMMETRIC);
        for (int tick = 0; tick < 4000; tick++) {
            learn(calibration, normal(SYMMETRIC, 0.5), gaussian());
        }
        double narrow = widened(calibration, 0.5);
        assertThat(narrow).isPositive();
        // Narrower than the errors are, the errors are the unit.
        assertThat(widened(calibration, 0.25)).isCloseTo(narrow, within(1e-9));
        double wide = widened(calibration, 4);
        assertThat(wide).isBetween(1.5 * narrow, 2.5 * narrow);
    }

    private static double widened(Calibration calibration, double deviation) {
        double[] raw = normal(SYMMETRIC, deviation);
        double[] published = calibrated(calibration, raw);
        return published[2] - published[0] - (raw[2] - raw[0]);
    }

    private static Calibration calibration(double[] levels) {
        return new Calibration(new CalibrationPlan(shape(levels)));
    }

    private static FeedbackShape shape(double[] levels) {
        return new FeedbackShape(1, levels, 1, 1000);
    }

    private static double[] calibrated(Calibration calibration, double[] raw) {
        ForecastPaths paths = new ForecastPaths(shape(SYMMETRIC)); // Has as many levels as any.
        for (int i = 0; i < raw.length; i++) {
            paths.quantiles(i)[0] = raw[i];
        }
        calibration.calibrate(paths);
        return paths.copyQuantiles();
    }

    /** Publishes a forecast, and learns from its value. */
    private static double[] learn(Calibration calibration, double[] raw, double value) {
        double[] published = calibrated(calibration, raw);
        calibration.learn(0, published, raw, value);
        calibration.endTick();
        return published;
    }

    private static double[] normal(double[] levels, double deviation) {
        double[] quantiles = new double[levels.length];
        for (int i = 0; i < levels.length; i++) {
            quantiles[i] = deviation * NormalQuantile.of(levels[i]);
        }
        return quantiles;
    }

    private double gaussian() {
        double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
        return radius * Math.cos(2 * Math.PI * random.nextDouble());
    }
}
