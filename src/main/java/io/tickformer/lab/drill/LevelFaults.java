package io.tickformer.lab.drill;

import java.util.Arrays;

/** Lasting changes of the series itself. The true values change too. */
final class LevelFaults {
    private LevelFaults() {}

    /** The series after the change. */
    @FunctionalInterface
    private interface After {
        /**
         * @param value of the unchanged series
         * @param ticks since the change, from 0
         */
        double value(double value, int ticks, CleanSeries subject, DrillGrid grid);
    }

    private static ValueFault of(double scale, double offsetSpreads, After after) {
        return (grid, subject, end, chance) -> {
            double[] values = subject.values().clone();
            for (int tick = grid.at(); tick < values.length; tick++) {
                values[tick] = after.value(values[tick], tick - grid.at(), subject, grid);
            }
            return new SeriesPair(
                    SentSeries.of(subject.values(), end),
                    SentSeries.of(values, end),
                    scale,
                    offsetSpreads * subject.spread(),
                    subject.spread());
        };
    }

    /** The level shifts by this many spreads. */
    static ValueFault shift(double spreads) {
        return of(1, spreads, (value, ticks, subject, grid) -> value + spreads * subject.spread());
    }

    /** The level shifts in steps of one patch each. */
    static ValueFault staircase(double spreads, int steps) {
        return of(
                1,
                spreads * steps,
                (value, ticks, subject, grid) ->
                        value
                                + Math.min(steps, 1 + ticks / grid.patch())
                                        * spreads
                                        * subject.spread());
    }

    /** The level shifts, and shifts back two patches later. */
    static ValueFault thereAndBack(double spreads) {
        return of(
                1,
                0,
                (value, ticks, subject, grid) ->
                        ticks < 2 * grid.patch() ? value + spreads * subject.spread() : value);
    }

    /** The level starts to rise by a part of the spread per tick. */
    static ValueFault ramp(double spreads) {
        return of(
                1,
                0,
                (value, ticks, subject, grid) -> value + (1 + ticks) * spreads * subject.spread());
    }

    /** The deviations of the series from its middle are multiplied by a factor. */
    static ValueFault scale(double factor) {
        return (grid, subject, end, chance) -> {
            double middle = Arrays.stream(subject.values()).average().orElseThrow();
            double[] values = subject.values().clone();
            for (int tick = grid.at(); tick < values.length; tick++) {
                values[tick] = middle + factor * (values[tick] - middle);
            }
            return new SeriesPair(
                    SentSeries.of(subject.values(), end),
                    SentSeries.of(values, end),
                    factor,
                    (1 - factor) * middle,
                    subject.spread());
        };
    }
}
