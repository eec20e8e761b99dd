package io.tickformer.lab.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TrendTest {
    private static List<Double> readings(int count, IntToDoubleFunction value) {
        return new ArrayList<>(IntStream.range(0, count).mapToObj(value::applyAsDouble).toList());
    }

    @Test
    void aFigureThatRisesByALittleEveryTimeIsGrowing() {
        Trend trend = Trend.of(readings(40, i -> 100 + i), 3, 0.03);

        assertThat(trend.growth()).isCloseTo(19, within(1e-9));
        assertThat(trend.isGrowing()).isTrue();
        assertThat(trend.verdict()).isEqualTo("growing");
    }

    @Test
    void whatFillsInTheFirstHalfIsNoGrowth() {
        Trend trend = Trend.of(readings(40, i -> Math.min(i, 20) * 50), 3, 0.03);

        assertThat(trend.isGrowing()).isFalse();
        assertThat(trend.verdict()).isEqualTo("flat");
    }

    @Test
    void singleReadingsCountForNothing() {
        List<Double> readings = readings(40, i -> 100);
        readings.set(39, 10_000.0);
        readings.set(38, 5_000.0);

        assertThat(Trend.of(readings, 3, 0.03).isGrowing()).isFalse();
    }

    @Test
    void aFigureThatGoesUpAndDownIsFlatAndOneThatRisesBeneathThatIsNot() {
        Random random = new Random(3);
        List<Double> noise = readings(60, i -> 200 + 10 * random.nextDouble());
        assertThat(Trend.of(noise, 3, 0.03).isGrowing()).isFalse();

        List<Double> rising = readings(60, i -> noise.get(i) + 2.0 * i);
        assertThat(Trend.of(rising, 3, 0.03).isGrowing()).isTrue();
    }

    @Test
    void aPartOfALargeFigureIsAllowed() {
        assertThat(Trend.of(readings(40, i -> 10_000 + i), 3, 0.03).isGrowing()).isFalse();
        assertThat(Trend.of(readings(40, i -> 10_000 + i), 3, 0).isGrowing()).isTrue();
    }

    @Test
    void whatCannotBeReadIsNotGrowing() {
        assertThat(Trend.of(readings(40, i -> Double.NaN), 3, 0.03).isGrowing()).isFalse();
    }
}
