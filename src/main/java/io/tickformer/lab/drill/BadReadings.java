package io.tickformer.lab.drill;

import java.util.SplittableRandom;

/** Readings that are wrong. What the series really did stays as it was. */
final class BadReadings {
    private BadReadings() {}

    /** Changes some of the readings that are sent. */
    @FunctionalInterface
    interface Change {
        void apply(double[] sent, Subject subject, DrillGrid grid, SplittableRandom chance);
    }

    /** A fault that changes readings. */
    static ValueFault of(Change change) {
        return (grid, subject, end, chance) -> {
            Trace dirty = Trace.of(subject.values(), end);
            change.apply(dirty.sent(), subject, grid, chance);
            return Specimen.of(Trace.of(subject.values(), end), dirty, subject.spread());
        };
    }

    /** One reading that is off by so many spreads. */
    static ValueFault spike(double spreads) {
        return of((sent, subject, grid, any) -> sent[grid.at()] += spreads * subject.spread());
    }

    /** One reading of a value of its own, whatever the series. */
    static ValueFault sentinel(double value, int ticks) {
        return run(ticks, (sent, subject, tick, first) -> value);
    }

    /** The last good reading, sent again and again. */
    static ValueFault stuck(int ticks) {
        return run(ticks, (sent, subject, tick, first) -> sent[first - 1]);
    }

    /** Readings in another unit. */
    static ValueFault otherUnit(double factor, int ticks) {
        return run(ticks, (sent, subject, tick, first) -> factor * sent[tick]);
    }

    /** Readings that are far above and far below in turn. */
    static ValueFault alternating(double spreads, int ticks) {
        return run(
                ticks,
                (sent, subject, tick, first) ->
                        sent[tick] + (tick % 2 == 0 ? spreads : -spreads) * subject.spread());
    }

    /** Readings that do not leave the middle of the series by more than a part of its spread. */
    static ValueFault saturated(double spreads, int ticks) {
        return run(
                ticks,
                (sent, subject, tick, first) -> {
                    double middle = subject.values()[first];
                    double limit = spreads * subject.spread();
                    return Math.max(middle - limit, Math.min(middle + limit, sent[tick]));
                });
    }

    /** A run of bad readings, the last of which is sent when the fault strikes. */
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
        double value(double[] sent, Subject subject, int tick, int first);
    }

    /**
     * A part of all readings is off, by up to so many spreads in either direction; the last of them
     * when the fault strikes.
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

    /** Uniform in its logarithm, up or down. */
    private static double deviation(double fewest, double most, SplittableRandom chance) {
        double size = fewest * Math.pow(most / fewest, chance.nextDouble());
        return chance.nextBoolean() ? size : -size;
    }

    /** A series that is young when one of its first readings is bad. */
    static ValueFault young(int age, int bad, double spreads) {
        return (grid, subject, end, chance) -> {
            int first = grid.at() - age;
            Trace clean = Trace.of(subject.values(), end);
            Trace dirty = Trace.of(subject.values(), end);
            for (int tick = 0; tick < first; tick++) {
                clean.sent()[tick] = Double.NaN;
                dirty.sent()[tick] = Double.NaN;
            }
            dirty.sent()[first + bad] += spreads * subject.spread();
            return Specimen.of(clean, dirty, subject.spread());
        };
    }

    /** A series that is stuck from its first reading on, until it comes to life. */
    static ValueFault stuckStart(int ticks) {
        return (grid, subject, end, chance) -> {
            int life = grid.at() + 1;
            Trace clean = Trace.of(subject.values(), end);
            Trace dirty = Trace.of(subject.values(), end);
            for (int tick = 0; tick < life; tick++) {
                clean.sent()[tick] = Double.NaN;
                dirty.sent()[tick] = tick < life - ticks ? Double.NaN : subject.values()[life];
            }
            return Specimen.of(clean, dirty, subject.spread());
        };
    }
}
