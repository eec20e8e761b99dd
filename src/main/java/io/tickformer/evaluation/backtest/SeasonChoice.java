package io.tickformer.evaluation.backtest;

import io.tickformer.annotation.Internal;
import io.tickformer.event.TickDefinition;
import io.tickformer.history.History;
import io.tickformer.history.SplitBorders;
import io.tickformer.spec.SeasonalNaive;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Finds the season of a history: the period with which seasonal naive forecasts the training set
 * best.
 *
 * <p>Candidates are one tick (no season), the calendar cycles that are multiples of the tick, and
 * the lags with the highest autocorrelation of the differences. Each candidate forecasts at {@value
 * #CUTOFFS} cutoffs of the training set. Its error is relative to that of naive, mean over series.
 * The smallest error wins; a longer period must be better than a shorter one by a twentieth. Of
 * many series, {@value #MOST_SERIES} evenly spaced ones are used.
 */
@Internal
public final class SeasonChoice {
    private static final int MOST_SERIES = 20;
    private static final int CUTOFFS = 150;
    private static final int LONGEST_LAG = 1_000;
    private static final int MOST_TICKS = 6_000;
    private static final int PEAKS = 3;
    private static final double CLEARLY_BETTER = 0.95;

    /** Maximum error of a clear cycle, relative to naive. */
    private static final double CLEAR_REPETITION = 0.9;

    private static final long HOUR = 3_600_000L;
    private static final long[] CYCLES = {HOUR, 24 * HOUR, 7 * 24 * HOUR};
    private static final long YEAR = Math.round(365.25 * 24 * HOUR);

    private final List<ActualSeries> series = new ArrayList<>();
    private final long tickMillis;
    private final SplitBorders borders;
    private final int horizon;

    private SeasonChoice(long tickMillis, SplitBorders borders, int horizon) {
        this.tickMillis = tickMillis;
        this.borders = borders;
        this.horizon = horizon;
    }

    /** The season in ticks; 1 without a cycle. */
    public static int of(History history, TickDefinition ticks, SplitBorders borders, int horizon) {
        return choice(history, ticks, borders, horizon).best();
    }

    private static SeasonChoice choice(
            History history, TickDefinition ticks, SplitBorders borders, int horizon) {
        SeasonChoice choice = new SeasonChoice(ticks.tickMillis(), borders, horizon);
        int count = history.summaries().size();
        int stride = Math.max(1, (count + MOST_SERIES - 1) / MOST_SERIES);
        for (int i = 0; i < count; i += stride) {
            choice.series.add(ActualSeries.of(history.ticks(i, ticks)));
        }
        return choice;
    }

    /**
     * The season for a seasonal path, which looks back many seasons: the shortest calendar cycle
     * that divides {@link #of the season} and clearly repeats too. For example, a week of hourly
     * ticks is seven days, and weights for 7, 14 and 21 days back cover the week as well.
     *
     * @return ticks; 1 without a cycle
     */
    public static int shortest(
            History history, TickDefinition ticks, SplitBorders borders, int horizon) {
        return choice(history, ticks, borders, horizon).shortest();
    }

    private int shortest() {
        int best = best();
        for (long cycle : CYCLES) {
            long ticks = cycle / tickMillis;
            boolean divides = cycle % tickMillis == 0 && ticks >= 2 && best % ticks == 0;
            if (divides && ticks < best && relativeError((int) ticks, best) < CLEAR_REPETITION) {
                return (int) ticks;
            }
        }
        return best;
    }

    private int best() {
        int best = 1;
        double bestError = 1;
        NavigableSet<Integer> candidates = candidates();
        for (int period : candidates) {
            // Compare all candidates on the same cutoffs, those that suit the longest period.
            double error = relativeError(period, candidates.last());
            if (error < bestError * CLEARLY_BETTER) {
                best = period;
                bestError = error;
            }
        }
        return best;
    }

    /** Periods that fit into the training set at least twice, ascending. */
    private NavigableSet<Integer> candidates() {
        TreeSet<Integer> candidates = new TreeSet<>(peaks());
        for (long cycle : CYCLES) {
            if (cycle % tickMillis == 0) {
                candidates.add((int) Math.min(Integer.MAX_VALUE, cycle / tickMillis));
            }
        }
        long year = Math.round((double) YEAR / tickMillis);
        candidates.add((int) Math.min(Integer.MAX_VALUE, year));
        candidates.removeIf(period -> period < 2 || 2L * period > borders.trainTicks());
        return candidates;
    }

    /** Mean over series of the error relative to naive; NaN if undefined. */
    private double relativeError(int period, int longest) {
        SeasonalNaive seasonal = new SeasonalNaive(period);
        SeasonalNaive naive = new SeasonalNaive(1);
        double sum = 0;
        int count = 0;
        for (ActualSeries one : series) {
            double base = error(one, naive, longest);
            if (base > 0) {
                sum += error(one, seasonal, longest) / base;
                count++;
            }
        }
        return sum / count;
    }

    /** The mean absolute error at cutoffs with at least this many preceding ticks. */
    private double error(ActualSeries one, SeasonalNaive naive, int known) {
        long first = Math.max(one.firstTick(), borders.first()) + known;
        long last = Math.min(one.endTick(), borders.trainEnd()) - 1 - horizon;
        if (last < first) {
            return Double.NaN;
        }
        Cutoffs cutoffs =
                new Cutoffs(first, last, (int) Math.min(CUTOFFS, last - first + 1), horizon);
        double sum = 0;
        long count = 0;
        for (int i = 0; i < cutoffs.count(); i++) {
            long cutoff = cutoffs.at(i);
            // There is one: the series begins with an observed tick.
            long observed = SeasonalNaiveForecaster.lastObserved(one, cutoff);
            for (long target = cutoff + 1; target <= cutoff + horizon; target++) {
                double forecast =
                        SeasonalNaiveForecaster.valueOf(one, naive, cutoff, target, observed);
                double error = Math.abs(one.valueAt(target) - forecast);
                if (!Double.isNaN(error)) {
                    sum += error;
                    count++;
                }
            }
        }
        return sum / count;
    }

    /**
     * The lags of the highest peaks of the autocorrelation of the differences, mean over series.
     */
    private List<Integer> peaks() {
        int longest = (int) Math.min(LONGEST_LAG, borders.trainTicks() / 3);
        double[] correlation = new double[longest + 2];
        for (ActualSeries one : series) {
            addAutocorrelation(one, correlation);
        }
        List<Integer> peaks = new ArrayList<>();
        for (int lag = 2; lag <= longest; lag++) {
            if (correlation[lag] > 0
                    && correlation[lag] > correlation[lag - 1]
                    && correlation[lag] >= correlation[lag + 1]) {
                peaks.add(lag);
            }
        }
        peaks.sort((a, b) -> Double.compare(correlation[b], correlation[a]));
        return peaks.subList(0, Math.min(PEAKS, peaks.size()));
    }

    private void addAutocorrelation(ActualSeries one, double[] correlation) {
        long end = Math.min(one.endTick(), borders.trainEnd());
        long first = Math.max(one.firstTick() + 1, end - MOST_TICKS);
        double[] differences = new double[(int) Math.max(0, end - first)];
        double squares = 0;
        for (int i = 0; i < differences.length; i++) {
            double difference = one.valueAt(first + i) - one.valueAt(first + i - 1);
            // A missing tick contributes nothing.
            differences[i] = Double.isNaN(difference) ? 0 : difference;
            squares += differences[i] * differences[i];
        }
        for (int lag = 1; lag < correlation.length && squares > 0; lag++) {
            double sum = 0;
            for (int i = lag; i < differences.length; i++) {
                sum += differences[i] * differences[i - lag];
            }
            correlation[lag] += sum / squares;
        }
    }
}
