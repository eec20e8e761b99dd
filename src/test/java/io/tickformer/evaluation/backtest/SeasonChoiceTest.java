package io.tickformer.evaluation.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickDefinition;
import io.tickformer.history.History;
import io.tickformer.history.SeriesHistory;
import io.tickformer.history.SplitBorders;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SeasonChoiceTest {
    private static final long HOUR = 3_600_000;
    private static final int TRAIN = 1_000;

    @Test
    void aDailyCycleOfHoursIsADay() {
        SplittableRandom random = new SplittableRandom(1);
        assertThat(season(t -> Math.sin(2 * Math.PI * t / 24) + 0.3 * random.nextDouble()))
                .isEqualTo(24);
    }

    @Test
    void aCycleThatIsNoneOfTheCalendarIsFoundByItself() {
        SplittableRandom random = new SplittableRandom(1);
        assertThat(season(t -> (t % 37 < 5 ? 10 : 0) + random.nextDouble())).isEqualTo(37);
    }

    @Test
    void aRandomWalkHasNoSeason() {
        SplittableRandom random = new SplittableRandom(1);
        double[] walk = new double[2 * TRAIN];
        for (int i = 1; i < walk.length; i++) {
            walk[i] = walk[i - 1] + random.nextDouble() - 0.5;
        }
        assertThat(season(t -> walk[t])).isEqualTo(1);
    }

    @Test
    void whatFollowsTheTrainingPartIsNotAsked() {
        IntToDoubleFunction daily = t -> Math.sin(2 * Math.PI * t / 24);
        IntToDoubleFunction other = t -> Math.sin(2 * Math.PI * t / 7);
        assertThat(season(t -> t < TRAIN ? daily.applyAsDouble(t) : other.applyAsDouble(t)))
                .isEqualTo(season(daily));
    }

    private static int season(IntToDoubleFunction value) {
        long[] times = new long[2 * TRAIN];
        double[] values = new double[2 * TRAIN];
        Arrays.setAll(times, i -> i * HOUR);
        Arrays.setAll(values, value);
        return SeasonChoice.of(
                new History("made", List.of(new SeriesHistory("a", times, values))),
                TickDefinition.of(HOUR, TickAggregate.MEAN),
                new SplitBorders(0, TRAIN, TRAIN, 2 * TRAIN),
                12);
    }
}
