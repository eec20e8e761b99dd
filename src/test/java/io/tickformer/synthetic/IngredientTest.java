package io.tickformer.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.tickformer.synthetic.AutoregressiveNoise.Tail;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class IngredientTest {
    private static final int LENGTH = 4_000;

    @Test
    void aSeasonWithoutDriftRepeatsItself() {
        SeasonalCycle profile = SeasonalCycle.random(chance());
        Seasonality season = new Seasonality(24, profile, 0.2, 0, 0, 0);

        double[] curve = season.draw(24 * 20, chance());

        for (int i = 24; i < curve.length; i++) {
            assertThat(curve[i]).isCloseTo(curve[i - 24], offset(1e-9));
        }
        assertThat(CurveMath.mean(curve)).isCloseTo(0, offset(0.1));
        assertThat(CurveMath.deviation(curve)).isCloseTo(1, offset(0.1));
    }

    @Test
    void theAmplitudeOfASeasonDrifts() {
        Seasonality season = new Seasonality(24, SeasonalCycle.random(chance()), 0, 0.8, 0, 0);

        double[] curve = season.draw(LENGTH, chance());

        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (int i = 0; i + 24 <= LENGTH; i += 24) {
            double size = CurveMath.deviation(Arrays.copyOfRange(curve, i, i + 24));
            smallest = Math.min(smallest, size);
            largest = Math.max(largest, size);
        }
        assertThat(largest).isGreaterThan(2 * smallest);
    }

    @Test
    void thePhaseOfASeasonDrifts() {
        SeasonalCycle profile = SeasonalCycle.random(chance());
        double[] still = new Seasonality(24, profile, 0, 0, 0, 0).draw(LENGTH, chance());
        double[] drifting = new Seasonality(24, profile, 0, 0, 0.3, 0).draw(LENGTH, chance());

        CurveMath.add(drifting, -1, still);

        assertThat(CurveMath.deviation(drifting)).isGreaterThan(0.2);
    }

    @Test
    void everyShapeOfASeasonIsStandardised() {
        for (int i = 0; i < 200; i++) {
            double[] points = SeasonalCycle.random(SeriesRandom.of(2, i)).points();
            assertThat(CurveMath.mean(points)).isCloseTo(0, offset(1e-9));
            assertThat(CurveMath.deviation(points)).isCloseTo(1, offset(1e-9));
        }
    }

    @Test
    void aWeekRepeatsItselfAndItsRestDaysDiffer() {
        SeasonalCycle working = SeasonalCycle.random(SeriesRandom.of(1, 1));
        SeasonalCycle resting = working.variant(1, SeriesRandom.of(1, 2));
        List<WeeklyPattern.Day> week = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            week.add(new WeeklyPattern.Day(i < 5 ? working : resting, 1, i < 5 ? 0 : -1));
        }
        double[] curve = new WeeklyPattern(24, week, 0, 0).draw(24 * 21, chance());

        for (int i = 0; i + 168 < curve.length; i++) {
            assertThat(curve[i + 168]).isCloseTo(curve[i], offset(1e-9));
        }
        assertThat(curve[30]).isCloseTo(curve[6], offset(1e-9));
        assertThat(curve[5 * 24 + 6]).isNotCloseTo(curve[6], offset(0.01));
    }

    @ParameterizedTest
    @EnumSource
    void everyTrendIsSmoothAndOfUnitSize(Trend.Kind kind) {
        double[] curve = new Trend(kind).draw(LENGTH, chance());

        assertThat(CurveMath.deviation(curve)).isCloseTo(1, offset(1e-9));
        for (int i = 1; i < LENGTH; i++) {
            assertThat(Math.abs(curve[i] - curve[i - 1])).isLessThan(0.1);
        }
    }

    @Test
    void partialAutocorrelationsBecomeCoefficients() {
        assertThat(noise(List.of(0.7)).coefficients()).containsExactly(0.7);
        // Of order two: the first is a * (1 - b), the second b.
        assertThat(noise(List.of(0.5, -0.4)).coefficients()[0]).isCloseTo(0.7, offset(1e-12));
        assertThat(noise(List.of(0.5, -0.4)).coefficients()[1]).isCloseTo(-0.4, offset(1e-12));
    }

    @Test
    void noiseHasTheAutocorrelationOfItsCoefficients() {
        double[] curve = noise(List.of(0.8)).draw(40_000, chance());

        assertThat(autocorrelation(curve, 1)).isCloseTo(0.8, offset(0.03));
        assertThat(autocorrelation(curve, 3)).isCloseTo(0.512, offset(0.05));
        assertThat(CurveMath.deviation(curve)).isCloseTo(1, offset(1e-9));
    }

    @Test
    void heavyTailsHaveMoreExtremesThanTheNormalOnes() {
        double[] normal = AutoregressiveNoise.white().draw(40_000, chance());
        double[] heavy =
                new AutoregressiveNoise(List.of(), List.of(), Tail.HEAVY, 0).draw(40_000, chance());

        assertThat(beyond(heavy, 5)).isGreaterThan(beyond(normal, 5) + 20);
    }

    @Test
    void unrestMakesNoiseOfUnequalSize() {
        AutoregressiveNoise restless =
                new AutoregressiveNoise(List.of(), List.of(), Tail.NORMAL, 1.5);
        double[] sizes = restless.draw(LENGTH, chance());
        double[] squares = new double[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            squares[i] = sizes[i] * sizes[i];
        }
        assertThat(autocorrelation(squares, 1)).isGreaterThan(0.1);
    }

    @Test
    void aFreeWalkWandersAndAPulledOneReturns() {
        double[] free = new RandomWalk(0, 0, 0).draw(LENGTH, chance());
        double[] pulled = new RandomWalk(0, 0.2, 0).draw(LENGTH, chance());

        assertThat(autocorrelation(free, 1)).isGreaterThan(0.98);
        assertThat(autocorrelation(pulled, 1)).isCloseTo(0.8, offset(0.05));
    }

    @Test
    void levelsShiftAsOftenAsAsked() {
        double changes = 0;
        for (int series = 0; series < 100; series++) {
            double[] curve = new LevelShifts(5, 0.3).draw(1_000, SeriesRandom.of(4, series));
            for (int i = 1; i < curve.length; i++) {
                changes += curve[i] == curve[i - 1] ? 0 : 1;
            }
        }
        assertThat(changes / 100).isCloseTo(5, offset(1.0));
    }

    @Test
    void regularSpikesComeOnTime() {
        double[] curve = new Spikes(50, true, 0, false).draw(1_000, chance());

        List<Integer> at = new ArrayList<>();
        for (int i = 0; i < curve.length; i++) {
            if (curve[i] > 0) {
                at.add(i);
            }
        }
        assertThat(at).hasSizeBetween(19, 20);
        for (int i = 1; i < at.size(); i++) {
            assertThat(at.get(i) - at.get(i - 1)).isEqualTo(50);
        }
    }

    @Test
    void aSpikeFades() {
        double[] curve = new Spikes(400, true, 0.5, false).draw(800, chance());

        for (int i = 1; i < curve.length; i++) {
            boolean comes = curve[i] > curve[i - 1];
            assertThat(comes || curve[i] == 0.5 * curve[i - 1]).isTrue();
        }
    }

    @Test
    void demandIsRareAndWhole() {
        double[] demand = new IntermittentDemand(0.1, 4, null).draw(40_000, chance());

        int nonZero = 0;
        double sum = 0;
        for (double value : demand) {
            assertThat(value).isEqualTo(Math.rint(value)).isNotNegative();
            nonZero += value > 0 ? 1 : 0;
            sum += value;
        }
        assertThat(nonZero / 40_000.0).isCloseTo(0.1, offset(0.01));
        assertThat(sum / nonZero).isCloseTo(4, offset(0.2));
    }

    @Test
    void countsAreWholeAndDisperseAsAsked() {
        Ingredient constant = (length, chance) -> new double[length];
        double[] poisson = new Counts(constant, 8, 1, 0).draw(40_000, chance());
        double[] dispersed = new Counts(constant, 8, 1, 0.5).draw(40_000, chance());

        assertThat(boxed(poisson))
                .allSatisfy(value -> assertThat(value).isEqualTo(Math.rint(value)));
        assertThat(Math.pow(CurveMath.deviation(poisson), 2)).isCloseTo(8, offset(0.4));
        assertThat(Math.pow(CurveMath.deviation(dispersed), 2)).isCloseTo(8 + 32, offset(2.0));
    }

    @Test
    void aSumAddsWeightedPartsThatAreIndependent() {
        WeightedSum sum =
                new WeightedSum(
                        List.of(
                                new WeightedSum.Weighted(3, AutoregressiveNoise.white()),
                                new WeightedSum.Weighted(4, AutoregressiveNoise.white())));

        assertThat(CurveMath.deviation(sum.draw(40_000, chance()))).isCloseTo(5, offset(0.1));
    }

    private static AutoregressiveNoise noise(List<Double> partials) {
        return new AutoregressiveNoise(partials, List.of(), Tail.NORMAL, 0);
    }

    private static SeriesRandom chance() {
        return SeriesRandom.of(5, 5);
    }

    private static int beyond(double[] curve, double limit) {
        int count = 0;
        for (double value : curve) {
            count += Math.abs(value) > limit ? 1 : 0;
        }
        return count;
    }

    private static double autocorrelation(double[] curve, int lag) {
        double mean = CurveMath.mean(curve);
        double products = 0;
        double squares = 0;
        for (int i = 0; i < curve.length; i++) {
            squares += (curve[i] - mean) * (curve[i] - mean);
            if (i >= lag) {
                products += (curve[i] - mean) * (curve[i - lag] - mean);
            }
        }
        return products / squares;
    }

    private static Double[] boxed(double[] values) {
        return Arrays.stream(values).boxed().toArray(Double[]::new);
    }
}
