package io.tickformer.lab.drill;

import java.util.Collection;

/**
 * Scores the forecasts of a case over its series. Errors and widths are in spreads of their series,
 * so all series have the same weight. A thousandth of a spread is added to both sides of a ratio:
 * smaller errors are negligible.
 */
final class Scorer {
    private static final double NEGLIGIBLE = 1e-3;

    private final DrillGrid grid;
    private double error;
    private double cleanError;
    private double width;
    private double cleanWidth;
    private double naiveError;
    private double difference;
    private long judged;
    private long expected;
    private long missing;
    private long repeated;

    Scorer(DrillGrid grid) {
        this.grid = grid;
    }

    /**
     * Counts the forecasts of a series.
     *
     * @param due the ticks with an expected forecast
     */
    void count(CollectedForecasts.OfSeries came, Collection<Integer> due) {
        repeated += came.repeated();
        expected += due.size();
        for (int tick : due) {
            if (came.at(grid.index(tick)) == null) {
                missing++;
            }
        }
    }

    /** Scores a series on a range of ticks where both streams have a forecast. */
    void judge(
            SeriesPair specimen,
            CollectedForecasts.OfSeries clean,
            CollectedForecasts.OfSeries dirty,
            int from,
            int end) {
        for (int tick = from; tick < end; tick++) {
            QuantileBand cleanFan = clean.at(grid.index(tick));
            QuantileBand dirtyFan = dirty.at(grid.index(tick));
            if (cleanFan != null && dirtyFan != null) {
                judge(specimen, tick, cleanFan, dirtyFan);
            }
        }
    }

    private void judge(SeriesPair specimen, int tick, QuantileBand clean, QuantileBand dirty) {
        double cleanUnit = specimen.spread();
        double unit = cleanUnit * specimen.scale();
        double naive = specimen.dirty().naive(tick);
        for (int step = 0; step < dirty.median().length; step++) {
            double truth = specimen.dirty().truth(tick + 1 + step);
            double cleanTruth = specimen.clean().truth(tick + 1 + step);
            if (Double.isNaN(truth) || Double.isNaN(cleanTruth)) {
                continue;
            }
            judged++;
            error += Math.abs(dirty.median()[step] - truth) / unit;
            cleanError += Math.abs(clean.median()[step] - cleanTruth) / cleanUnit;
            naiveError += Math.abs(naive - truth) / unit;
            width += (dirty.high()[step] - dirty.low()[step]) / unit;
            cleanWidth += (clean.high()[step] - clean.low()[step]) / cleanUnit;
            differ(specimen, clean.low()[step], dirty.low()[step]);
            differ(specimen, clean.median()[step], dirty.median()[step]);
            differ(specimen, clean.high()[step], dirty.high()[step]);
        }
    }

    private void differ(SeriesPair specimen, double clean, double dirty) {
        double wanted = specimen.scale() * clean + specimen.offset();
        double unit = specimen.spread() * specimen.scale();
        difference = Math.max(difference, Math.abs(dirty - wanted) / unit);
    }

    CaseScore score() {
        return new CaseScore(
                ratio(error, cleanError),
                ratio(width, cleanWidth),
                ratio(error, naiveError),
                judged == 0 ? Double.NaN : difference,
                expected - missing + repeated,
                expected,
                missing,
                repeated);
    }

    private double ratio(double sum, double reference) {
        return judged == 0
                ? Double.NaN
                : (sum / judged + NEGLIGIBLE) / (reference / judged + NEGLIGIBLE);
    }
}
