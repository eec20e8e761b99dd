package io.tickformer.lab.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GrowthTrendTest {
    private static List<Double> readings(int count, IntToDoubleFunction value) {
        return new ArrayList<>(IntStream.range(0, count).mapToObj(value::applyAsDouble).toList());
    }

    @Test
    void aFigureThatRisesByALittleEveryTimeIsGrowing() {
        GrowthTrend trend = GrowthTrend.of(readings(40, i -> 100 + i), 3, 0.03);

        assertThat(trend.growth()).isCloseTo(19, within(1e-9));
        assertThat(trend.isGrowing()).isTrue();
        assertThat(trend.verdict()).isEqualTo("growing");
    }

    @Test
    void whatFillsInTheFirstHalfIsNoGrowth() {
        GrowthTrend trend = GrowthTrend.of(readings(40, i -> Math.min(i, 20) * 50), 3, 0.03);

        assertThat(trend.isGrowing()).isFalse();
        assertThat(trend.verdict()).isEqualTo("flat");
    }

    @Test
    void singleReadingsCountForNothing() {
        List<Double> readings = readings(40, i -> 100);
        readings.set(39, 10_000.0);
        readings.set(38, 5_000.0);

        assertThat(GrowthTrend.of(readings, 3, 0.03).isGrowing()).isFalse();
    }

    @Test
    void aFigureThatGoesUpAndDownIsFlatAndOneThatRisesBeneathThatIsNot() {
        Random random = new Random(3);
        List<Double> noise = readings(60, i -> 200 + 10 * random.nextDouble());
        assertThat(GrowthTrend.of(noise, 3, 0.03).isGrowing()).isFalse();

        List<Double> rising = readings(60, i -> noise.get(i) + 2.0 * i);
        assertThat(GrowthTrend.of(rising, 3, 0.03).isGrowing()).isTrue();
    }

    @Test
    void aPartOfALargeFigureIsAllowed() {
        assertThat(GrowthTrend.of(readings(40, i -> 10_000 + i), 3, 0.03).isGrowing()).isFalse();
        assertThat(GrowthTrend.of(readings(40, i -> 10_000 + i), 3, 0).isGrowing()).isTrue();
    }

    @Test
    void whatCannotBeReadIsNotGrowing() {
        assertThat(GrowthTrend.of(readings(40, i -> Double.NaN), 3, 0.03).isGrowing()).isFalse();
    }
}
