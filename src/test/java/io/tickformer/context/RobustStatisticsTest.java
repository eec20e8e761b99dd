package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RobustStatisticsTest {
    private final RobustStatistics statistics = new RobustStatistics(256);
    private final Random random = new Random(5);

    private void noise(int ticks, double level, double spread) {
        for (int i = 0; i < ticks; i++) {
            statistics.add(level + spread * random.nextGaussian());
        }
    }

    private void constant(int ticks, double value) {
        for (int i = 0; i < ticks; i++) {
            statistics.add(value);
        }
    }

    @Test
    void beforeTheFirstValueNothingIsKnown() {
        statistics.add(Double.NaN);

        assertThat(statistics.isKnown()).isFalse();
        assertThat(statistics.location()).isZero();
        assertThat(statistics.scale()).isZero();
    }

    @Test
    void theFirstValueIsTheLocation() {
        statistics.add(-40);

        assertThat(statistics.location()).isEqualTo(-40);
        assertThat(statistics.scale()).isEqualTo(40e-12);
    }

    @Test
    void ordinaryNoiseHasItsMeanAndStandardDeviation() {
        noise(600, 50, 3);

        assertThat(statistics.location()).isCloseTo(50, within(0.7));
        assertThat(statistics.scale()).isCloseTo(3, within(0.4));
    }

    @Test
    void oneReadingOfAnySizeMovesTheLocationByAFractionOfAScale() {
        noise(200, 0, 1);
        double before = statistics.location();
        double scale = statistics.scale();
        statistics.add(1e12);
        noise(1, 0, 1);

        assertThat(statistics.location()).isCloseTo(before, within(0.05));
        assertThat(statistics.scale()).isLessThan(1.1 * scale);
    }

    @Test
    void anAbsurdFirstReadingIsForgottenWithinAFewTicks() {
        statistics.add(1e9);
        noise(6, 10, 1);

        assertThat(statistics.location()).isCloseTo(10, within(2.0));
        assertThat(statistics.scale()).isLessThan(3);
    }

    @Test
    void aBurstOnBothSidesIsForgottenOnceItIsOver() {
        noise(400, 10, 1);
        double before = statistics.location();
        for (int i = 0; i < 40; i++) {
            statistics.add(i % 2 == 0 ? 1_010 : -990);
        }
        noise(6, 10, 1);

        assertThat(statistics.location()).isCloseTo(before, within(0.5));
        assertThat(statistics.scale()).isBetween(0.8, 1.5);
    }

    @Test
    void readingsInAnotherUnitAroundZeroAreForgottenOnceTheyAreOver() {
        noise(400, 0, 1);
        noise(10, 0, 1_000);
        noise(6, 0, 1);

        assertThat(statistics.location()).isCloseTo(0, within(0.5));
        assertThat(statistics.scale()).isBetween(0.8, 1.5);
    }

    @Test
    void aSpreadThatHasBecomeFiftyTimesAsLargeIsFollowed() {
        noise(400, 0, 1);
        noise(200, 0, 50);

        assertThat(statistics.scale()).isBetween(35.0, 65.0);
    }

    @Test
    void oneReadingInAHundredOfAnySizeStaysAnOutlier() {
        for (int i = 0; i < 500; i++) {
            statistics.add(i % 100 == 37 ? Math.pow(10, i / 50.0) : random.nextGaussian());
        }

        assertThat(statistics.location()).isCloseTo(0, within(0.3));
        assertThat(statistics.scale()).isBetween(0.8, 1.6);
    }

    @Test
    void regularEventsOfFourInAHundredBelongToTheScale() {
        for (int i = 0; i < 500; i++) {
            statistics.add(i % 25 == 7 ? 60 : 0);
        }

        assertThat(60 - statistics.location()).isLessThan(6 * statistics.scale());
    }

    @Test
    void anotherLevelIsTheLocationAfterFiveValues() {
        noise(200, 0, 1);
        noise(5, 40, 1);

        assertThat(statistics.location()).isCloseTo(40, within(1.5));
        assertThat(statistics.scale()).isBetween(0.7, 1.6);
    }

    @Test
    void aLevelFiveSpreadsAwayIsTheLocationAfterTwentyValues() {
        noise(300, 0, 1);
        noise(20, 5, 0.5);

        assertThat(statistics.location()).isCloseTo(5, within(0.5));
        assertThat(statistics.scale()).isBetween(0.8, 1.3);
    }

    @Test
    void aPeakOfNineteenTicksIsNoLevel() {
        noise(300, 0, 1);
        double location = statistics.location();
        noise(19, 4, 0.3);
        noise(1, 0, 0.3);

        assertThat(statistics.location()).isCloseTo(location, within(0.5));
    }

    @Test
    void valuesThatLeanedBeforeTheStatisticsWereResetAreForgotten() {
        noise(100, 20, 1);
        constant(11, 24);
        statistics.reset();
        RobustStatistics fresh = new RobustStatistics(256);
        for (int i = 0; i < 100; i++) {
            double value = 24 + 0.1 * Math.sin(i);
            statistics.add(value);
            fresh.add(value);
            assertThat(statistics.location()).isEqualTo(fresh.location());
            assertThat(statistics.scale()).isEqualTo(fresh.scale());
        }
    }

    @Test
    void aLevelThatComesBackSoonWasNeverLeft() {
        noise(200, 20, 1);
        double location = statistics.location();
        double scale = statistics.scale();
        constant(12, 0);
        noise(5, 20, 1);

        assertThat(statistics.location()).isCloseTo(location, within(0.1));
        assertThat(statistics.scale()).isCloseTo(scale, within(0.1));
    }

    @Test
    void tenTimesTheSpreadIsTheScaleAfterAHundredValues() {
        noise(300, 0, 1);
        noise(100, 0, 10);

        assertThat(statistics.scale()).isBetween(4.0, 20.0);
    }

    @Test
    void aSeriesThatBeginsStuckFindsItsSpread() {
        constant(200, 5);
        noise(40, 5, 2);

        assertThat(statistics.location()).isCloseTo(5, within(1.5));
        assertThat(statistics.scale()).isBetween(0.8, 4.0);
    }

    @Test
    void aConstantSeriesKeepsItsValueAndNoSpreadButRounding() {
        constant(10_000, 0.1);

        assertThat(statistics.location()).isCloseTo(0.1, within(1e-15));
        assertThat(statistics.scale()).isCloseTo(1e-13, within(1e-15));
    }

    @Test
    void theScaleOfAConstantZeroIsNotZero() {
        constant(100, 0);

        assertThat(statistics.scale()).isPositive();
    }

    @Test
    void missingTicksLetTheWeightFadeAndChangeNothing() {
        noise(100, 3, 1);
        double location = statistics.location();
        double scale = statistics.scale();
        constant(100_000, Double.NaN);

        assertThat(statistics.location()).isEqualTo(location);
        assertThat(statistics.scale()).isCloseTo(scale, within(1e-9));
    }

    /** What is read at some ticks is what would be read if every tick was. */
    @Test
    void whoReadsFewTicksReadsTheBitsOfWhoReadsEach() {
        for (int seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RobustStatistics always = new RobustStatistics(64);
            RobustStatistics sometimes = new RobustStatistics(64);
            double missing = random.nextInt(3) * 0.3;
            double spread = Math.pow(10, random.nextInt(-9, 12));
            double level = random.nextInt(3) * 20 * spread;
            for (int tick = 0; tick < 150; tick++) {
                if (random.nextInt(40) == 0) {
                    level = spread * random.nextInt(-50, 50);
                }
                double value = level + spread * random.nextInt(8);
                if (random.nextDouble() < missing) {
                    value = Double.NaN;
                } else if (random.nextInt(15) == 0) {
                    value = 1e12;
                }
                if (random.nextInt(100) == 0) {
                    always.reset();
                    sometimes.reset();
                }
                always.add(value);
                sometimes.add(value);
                double location = always.location();
                double scale = always.scale();
                assertThat(sometimes.hasBegun()).isEqualTo(always.hasBegun());
                if (random.nextInt(6) == 0) {
                    assertThat(Double.doubleToLongBits(sometimes.scale()))
                            .as("scale, seed %d, tick %d", seed, tick)
                            .isEqualTo(Double.doubleToLongBits(scale));
                    assertThat(Double.doubleToLongBits(sometimes.location()))
                            .as("location, seed %d, tick %d", seed, tick)
                            .isEqualTo(Double.doubleToLongBits(location));
                }
            }
        }
    }
}
