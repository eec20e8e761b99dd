package io.tickformer.lab.drill;

import java.util.SplittableRandom;

/** Faults of single readings. The true values of the series stay unchanged. */
final class ReadingFaults {
    private ReadingFaults() {}

    /** Changes some of the sent readings. */
    @FunctionalInterface
    interface Change {
        void apply(double[] sent, CleanSeries subject, DrillGrid grid, SplittableRandom chance);
    }

    /** A fault that changes readings. */
    static ValueFault of(Change change) {
        return (grid, subject, end, chance) -> {
            SentSeries dirty = SentSeries.of(subject.values(), end);
            change.apply(dirty.sent(), subject, grid, chance);
            return SeriesPair.of(SentSeries.of(subject.values(), end), dirty, subject.spread());
        };
    }

    /** One reading is off by this many spreads. */
    static ValueFault spike(double spreads) {
        return of((sent, subject, grid, any) -> sent[grid.at()] += spreads * subject.spread());
    }

    /** Readings have a fixed value, whatever the series. */
    static ValueFault sentinel(double value, int ticks) {
        return run(ticks, (sent, subject, tick, first) -> value);
    }

    /** Readings repeat the last good one. */
    static ValueFault stuck(int ticks) {
        return run(ticks, (sent, subject, tick, first) -> sent[first - 1]);
    }

    /** Readings are in another unit. */
    static ValueFault otherUnit(double factor, int ticks) {
        return run(ticks, (sent, subject, tick, first) -> factor * sent[tick]);
    }

    /** Readings alternate between far above and far below. */
    static ValueFault alternating(double spreads, int ticks) {
        return run(
                ticks,
                (sent, subject, tick, first) ->
                        sent[tick] + (tick % 2 == 0 ? spreads : -spreads) * subject.spread());
    }

    /** Readings are limited to a part of the spread around the middle of the series. */
    static ValueFault saturated(double spreads, int ticks) {
        return run(
                ticks,
                (sent, subject, tick, first) -> {
                    double middle = subject.values()[first];
                    double limit = spreads * subject.spread();
                    return Math.max(middle - limit, Math.min(middle + limit, sent[tick]));
                });
    }

    /** A run of bad readings; the last one is sent when the fault strikes. */
    private static ValueFault run(int ticks, Reading reading) {
        return of(
                (sent, subject, grid, any) -> {
                    int first = grid.at() - ticks + 1;
                    for (int tick = first; tick <= grid.at(); tick++) {
                        sent[tick] = reading.value(sent, subject, tick, first);
                    }
                });
    }

    @FunctionalInterface
    private interface Reading {
        double value(double[] sent, CleanSeries subject, int tick, int first);
    }

    /**
     * A part of all readings is off by up to this many spreads in either direction. The last of
     * them is sent when the fault strikes.
     */
    static ValueFault scattered(double part, double fewest, double most) {
        return of(
                (sent, subject, grid, chance) -> {
                    for (int tick = 0; tick <= grid.at(); tick++) {
                        if (tick == grid.at() || chance.nextDouble() < part) {
                            sent[tick] += deviation(fewest, most, chance) * subject.spread();
                        }
                    }
                });
    }

    /** Log-uniform magnitude with a random sign. */
    private static double deviation(double fewest, double most, SplittableRandom chance) {
        double size = fewest * Math.pow(most / fewest, chance.nextDouble());
        return chance.nextBoolean() ? size : -size;
    }

    /** A new series has a bad reading among its first ones. */
    static ValueFault young(int age, int bad, double spreads) {
        return (grid, subject, end, chance) -> {
            int first = grid.at() - age;
            SentSeries clean = SentSeries.of(subject.values(), end);
            SentSeries dirty = SentSeries.of(subject.values(), end);
            for (int tick = 0; tick < first; tick++) {
                clean.sent()[tick] = Double.NaN;
                dirty.sent()[tick] = Double.NaN;
            }
            dirty.sent()[first + bad] += spreads * subject.spread();
            return SeriesPair.of(clean, dirty, subject.spread());
        };
    }

    /** A series is stuck from its first reading until it starts to vary. */
    static ValueFault stuckStart(int ticks) {
        return (grid, subject, end, chance) -> {
            int life = grid.at() + 1;
            SentSeries clean = SentSeries.of(subject.values(), end);
            SentSeries dirty = SentSeries.of(subject.values(), end);
            for (int tick = 0; tick < life; tick++) {
                clean.sent()[tick] = Double.NaN;
                dirty.sent()[tick] = tick < life - ticks ? Double.NaN : subject.values()[life];
            }
            return SeriesPair.of(clean, dirty, subject.spread());
        };
    }
}
