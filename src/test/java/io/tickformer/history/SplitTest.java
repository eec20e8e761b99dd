package io.tickformer.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitTest {
    private static final long HOUR = 3_600_000;
    private static final long QUARTER = 900_000;

    @Test
    void hourlyTransformerDataHasItsTwelveFourAndFourMonths() {
        assertThat(Split.ETT.borders(rows(17_420, HOUR), HOUR))
                .isEqualTo(new SplitBorders(0, 8_640, 11_520, 14_400));
    }

    @Test
    void quarterHourlyTransformerDataHasFourTimesAsManyTicks() {
        assertThat(Split.ETT.borders(rows(69_680, QUARTER), QUARTER))
                .isEqualTo(new SplitBorders(0, 34_560, 46_080, 57_600));
    }

    @Test
    void sharesRoundTrainAndTestDownAndLeaveTheRestToValidation() {
        // Of 26,304 hours: 18,412.8 down, 5,260.8 down, and the 2,632 between.
        assertThat(Split.SEVEN_ONE_TWO.borders(rows(26_304, HOUR), HOUR))
                .isEqualTo(new SplitBorders(0, 18_412, 21_044, 26_304));
        assertThat(Split.SEVEN_ONE_TWO.borders(rows(10, HOUR), HOUR))
                .isEqualTo(new SplitBorders(0, 7, 8, 10));
    }

    @Test
    void bordersCountFromTheFirstEventTime() {
        long[] times = {100 * HOUR, 101 * HOUR + 5, 109 * HOUR};
        History late = new History("late", List.of(new SeriesHistory("a", times, new double[3])));

        assertThat(new Split.Lengths(5, 2, 3).borders(late, HOUR))
                .isEqualTo(new SplitBorders(100, 105, 107, 110));
    }

    @Test
    void theFileNameTellsTheProtocolItsBorders() {
        assertThat(Split.parse("ltsf", Path.of("data", "ETTm2.csv"))).isEqualTo(Split.ETT);
        assertThat(Split.parse("ltsf", Path.of("weather.csv"))).isEqualTo(Split.SEVEN_ONE_TWO);
        assertThat(Split.parse("ETT", Path.of("x.csv"))).isEqualTo(Split.ETT);
        assertThat(Split.parse("6:2:2", Path.of("ETTh1.csv"))).isEqualTo(new Split.Shares(6, 2, 2));
        assertThat(Split.parse("50,20,30", Path.of("x.csv")))
                .isEqualTo(new Split.Lengths(50, 20, 30));
    }

    @Test
    void whatIsNoSplitIsRefusedInOneLine() {
        assertThatThrownBy(() -> Split.parse("half", Path.of("x.csv")))
                .isInstanceOf(HistoryException.class)
                .hasMessage(
                        "the split is half; expected ltsf, ett, shares of train:validation:test"
                                + " such as 7:1:2, or numbers of ticks such as 8640,2880,2880");
        assertThatThrownBy(() -> Split.parse("0:1:2", Path.of("x.csv")))
                .hasMessage("the split is 0:1:2; expected a training set that is not empty");
        assertThatThrownBy(() -> Split.ETT.borders(rows(5_000, HOUR), HOUR))
                .hasMessage(
                        "rows: 5000 ticks of 3600000 ms; expected at least 14400 for 8640, 2880 and"
                                + " 2880 ticks; give more rows or another split (--split)");
    }

    @Test
    void aHistoryBeforeATimeHoldsNothingFromThenOn() {
        long[] times = {0, HOUR, 2 * HOUR};
        double[] early = {1, 2, 3};
        double[] late = {Double.NaN, Double.NaN, 3};
        History history =
                new History(
                        "both",
                        List.of(
                                new SeriesHistory("early", times, early),
                                new SeriesHistory("late", times, late)));

        History before = history.before(2 * HOUR);

        assertThat(before.series())
                .containsExactly(
                        new SeriesHistory("early", new long[] {0, HOUR}, new double[] {1, 2}));
        assertThat(history.before(3 * HOUR).series()).hasSize(2);
        assertThatThrownBy(() -> history.before(0)).isInstanceOf(HistoryException.class);
    }

    private static History rows(int count, long tickMillis) {
        long[] times = new long[count];
        Arrays.setAll(times, i -> i * tickMillis);
        return new History("rows", List.of(new SeriesHistory("a", times, new double[count])));
    }
}
