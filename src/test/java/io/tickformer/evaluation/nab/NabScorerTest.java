package io.tickformer.evaluation.nab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Cases computed by hand from the rules of the benchmark. A file has 100 rows, one a millisecond;
 * the first 15 are not scored.
 */
final class NabScorerTest {
    private static final int ROWS = 100;
    private static final NabWindow WINDOW = new NabWindow(40, 49);

    /** {@code s(p) = 2 / (1 + exp(5 p)) - 1} at p = -1, by which detections are divided. */
    private static final double EARLIEST = 0.9866142981514303;

    @Test
    void noAlarmScores0AndTheFirstRowOfEveryWindow100() {
        for (NabProfile profile : NabProfile.values()) {
            assertThat(score(profile, WINDOW)).isZero();
            assertThat(score(profile, WINDOW, 40)).isEqualTo(100);
        }
    }

    @Test
    void aLaterRowOfAWindowEarnsLess() {
        // Row 44 is at p = -(49 - 44 + 1) / 10 = -0.6, and s(-0.6) = 0.905148. A miss costs 1.
        double earned = 0.9051482536448664 / EARLIEST;
        assertThat(score(NabProfile.STANDARD, WINDOW, 44))
                .isCloseTo(100 * (earned + 1) / 2, within(1e-9));
        assertThat(score(NabProfile.LOW_FN, WINDOW, 44))
                .isCloseTo(100 * (earned + 2) / 3, within(1e-9));
    }

    @Test
    void onlyTheFirstAlarmOfAWindowCounts() {
        assertThat(score(NabProfile.STANDARD, WINDOW, 44, 45, 49))
                .isEqualTo(score(NabProfile.STANDARD, WINDOW, 44));
    }

    @Test
    void anAlarmBeforeAllWindowsCostsTheWholePrice() {
        assertThat(score(NabProfile.STANDARD, WINDOW, 20, 40))
                .isCloseTo(100 * (1 - 0.11 + 1) / 2, within(1e-9));
        assertThat(score(NabProfile.LOW_FP, WINDOW, 20, 40))
                .isCloseTo(100 * (1 - 0.22 + 1) / 2, within(1e-9));
    }

    @Test
    void anAlarmAfterAWindowCostsLessTheNearerItIs() {
        // Row 52 is 3 rows after a window of 10: p = 3 / 9, and s(1 / 3) = -0.682 ...
        double near = 2 / (1 + Math.exp(5.0 / 3)) - 1;
        assertThat(score(NabProfile.STANDARD, WINDOW, 40, 52))
                .isCloseTo(100 * (1 + 0.11 * near + 1) / 2, within(1e-9));
        // Row 76 is 3 widths less one row away: the whole price.
        assertThat(score(NabProfile.STANDARD, WINDOW, 40, 76))
                .isCloseTo(100 * (1 - 0.11 + 1) / 2, within(1e-9));
    }

    @Test
    void alarmsOfTheProbationaryPeriodDoNotCount() {
        assertThat(score(NabProfile.STANDARD, WINDOW, 0, 14, 40)).isEqualTo(100);
        assertThat(score(NabProfile.STANDARD, WINDOW, 15, 40)).isLessThan(100);
    }

    @Test
    void theProbationaryPeriodEndsAtRow750() {
        NabSeries series = series(20_000, List.of(new NabWindow(1_000, 1_100)));
        double[] scores = new double[20_000];
        scores[749] = 1;
        scores[1_000] = 1;
        NabScorer scorer = new NabScorer();
        scorer.add(series, scores);
        assertThat(scorer.at(NabProfile.STANDARD, 1).normalised()).isEqualTo(100);
        scores[750] = 1;
        NabScorer later = new NabScorer();
        later.add(series, scores);
        assertThat(later.at(NabProfile.STANDARD, 1).normalised()).isCloseTo(94.5, within(1e-9));
    }

    @Test
    void theBestThresholdIsTheOneWithTheHighestSumOverAllFiles() {
        double[] first = new double[ROWS];
        first[40] = 0.9;
        first[20] = 0.5;
        double[] second = new double[ROWS];
        second[40] = 0.5;
        NabScorer scorer = new NabScorer();
        scorer.add(series(ROWS, List.of(WINDOW)), first);
        scorer.add(series(ROWS, List.of(WINDOW)), second);
        NabScore best = scorer.best(NabProfile.STANDARD);
        assertThat(best.threshold()).isEqualTo(0.5);
        assertThat(best.total()).isCloseTo(2 - 0.11, within(1e-9));
        assertThat(scorer.at(NabProfile.STANDARD, 0.5).normalised())
                .isCloseTo(best.normalised(), within(1e-9));
        assertThat(scorer.at(NabProfile.STANDARD, 0.9).total()).isCloseTo(0, within(1e-9));
    }

    @Test
    void rowsWithEqualScoresAreAlarmsTogether() {
        double[] scores = new double[ROWS];
        Arrays.fill(scores, 0.5);
        NabScorer scorer = new NabScorer();
        scorer.add(series(ROWS, List.of(WINDOW)), scores);
        NabScore best = scorer.best(NabProfile.STANDARD);
        // 75 false alarms cost more than the window is worth.
        assertThat(best.threshold()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(best.normalised()).isZero();
    }

    @Test
    void aFileWithoutWindowsCountsItsFalseAlarms() {
        double[] quiet = new double[ROWS];
        quiet[40] = 1;
        double[] noisy = new double[ROWS];
        noisy[50] = 1;
        NabScorer scorer = new NabScorer();
        scorer.add(series(ROWS, List.of(WINDOW)), quiet);
        scorer.add(series(ROWS, List.of()), noisy);
        assertThat(scorer.windows()).isEqualTo(1);
        assertThat(scorer.at(NabProfile.STANDARD, 1).total()).isCloseTo(0.89, within(1e-9));
    }

    @Test
    void withoutAWindowThereIsNoScore() {
        NabScorer scorer = new NabScorer();
        scorer.add(series(ROWS, List.of()), new double[ROWS]);
        assertThatThrownBy(() -> scorer.best(NabProfile.STANDARD))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no window");
    }

    @Test
    void aWindowBetweenRowsHoldsTheRowsWithinIt() {
        NabSeries series =
                new NabSeries(
                        "irregular",
                        new long[] {0, 10, 20, 30, 40},
                        new double[5],
                        List.of(new NabWindow(15, 35)));
        NabScorer scorer = new NabScorer();
        scorer.add(series, new double[] {0, 0, 1, 0, 0});
        assertThat(scorer.at(NabProfile.STANDARD, 1).normalised()).isEqualTo(100);
    }

    private static double score(NabProfile profile, NabWindow window, int... alarms) {
        double[] scores = new double[ROWS];
        for (int alarm : alarms) {
            scores[alarm] = 1;
        }
        NabScorer scorer = new NabScorer();
        scorer.add(series(ROWS, List.of(window)), scores);
        return scorer.at(profile, 1).normalised();
    }

    private static NabSeries series(int rows, List<NabWindow> windows) {
        long[] times = new long[rows];
        for (int row = 0; row < rows; row++) {
            times[row] = row;
        }
        return new NabSeries("file", times, new double[rows], windows);
    }
}
