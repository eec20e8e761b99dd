package io.tickformer.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.history.History;
import io.tickformer.history.SeriesHistory;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SyntheticSeriesTest {
    private static final int LENGTH = 700;

    @Test
    void theSameSeedIndexAndLengthGiveTheSameSeries() {
        for (int index = 0; index < 50; index++) {
            assertThat(SyntheticSeries.of(3, index, LENGTH))
                    .isEqualTo(SyntheticSeries.of(3, index, LENGTH));
        }
    }

    @Test
    void anotherIndexOrSeedGivesAnotherSeries() {
        Set<Double> firsts = new HashSet<>();
        for (int index = 0; index < 50; index++) {
            firsts.add(SyntheticSeries.of(3, index, LENGTH).values()[LENGTH / 2]);
            firsts.add(SyntheticSeries.of(4, index, LENGTH).values()[LENGTH / 2]);
        }
        // Some are zeros or missing: counts, demand, gaps.
        assertThat(firsts.size()).isGreaterThan(80);
    }

    @Test
    void everyValueIsFiniteOrMissingAndTheEndsAreThere() {
        for (int index = 0; index < 600; index++) {
            double[] values = SyntheticSeries.of(1, index, LENGTH).values();
            assertThat(values).hasSize(LENGTH);
            assertThat(values[0]).isFinite();
            assertThat(values[LENGTH - 1]).isFinite();
            for (double value : values) {
                assertThat(Double.isInfinite(value)).as("series %d", index).isFalse();
            }
        }
    }

    @Test
    void aSeriesIsSeldomConstantAndSeldomMostlyMissing() {
        int constant = 0;
        int sparse = 0;
        for (int index = 0; index < 600; index++) {
            double[] values = SyntheticSeries.of(1, index, LENGTH).values();
            Set<Double> different = new HashSet<>();
            int missing = 0;
            for (double value : values) {
                missing += Double.isNaN(value) ? 1 : 0;
                different.add(value);
            }
            constant += different.size() < 2 ? 1 : 0;
            sparse += missing > LENGTH / 2 ? 1 : 0;
        }
        assertThat(constant).isLessThan(12);
        assertThat(sparse).isLessThan(12);
    }

    @Test
    void manySeriesHaveADailySeasonOnOneGridOrAnother() {
        int daily = 0;
        for (int index = 0; index < 600; index++) {
            double[] values = SyntheticSeries.of(1, index, LENGTH).values();
            boolean found = false;
            for (int period : new int[] {24, 48, 96, 144}) {
                found |= repeats(values, period) > 0.5;
            }
            daily += found ? 1 : 0;
        }
        assertThat(daily).isGreaterThan(120);
    }

    @Test
    void aSeriesMayHaveASingleTick() {
        for (int index = 0; index < 200; index++) {
            assertThat(SyntheticSeries.of(1, index, 1).values()[0]).isFinite();
        }
    }

    @Test
    void aLengthOfNoTicksIsRefused() {
        assertThatThrownBy(() -> SyntheticSeries.of(1, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a series of 0 ticks; expected at least 1");
    }

    @Test
    void aHistoryHoldsTheSeriesOfASeedOnItsGrid() {
        History history = SyntheticHistory.of(5, 3, 40, 60_000);

        assertThat(history.series()).hasSize(3);
        SeriesHistory second = history.series().get(1);
        assertThat(second.series()).isEqualTo("synthetic-0000001");
        assertThat(second.values()).isEqualTo(SyntheticSeries.of(5, 1, 40).values());
        assertThat(second.eventTimeMillis()[39]).isEqualTo(39 * 60_000L);
        assertThat(history.source()).isEqualTo("3 synthetic series of seed 5");
    }

    /** Correlation of the values with those a period before, missing ones left out. */
    private static double repeats(double[] values, int period) {
        double[] now = new double[values.length - period];
        double[] before = new double[values.length - period];
        for (int i = period; i < values.length; i++) {
            boolean both = !Double.isNaN(values[i]) && !Double.isNaN(values[i - period]);
            now[i - period] = both ? values[i] : 0;
            before[i - period] = both ? values[i - period] : 0;
        }
        CurveMath.standardise(now);
        CurveMath.standardise(before);
        double sum = 0;
        for (int i = 0; i < now.length; i++) {
            sum += now[i] * before[i];
        }
        return sum / now.length;
    }
}
