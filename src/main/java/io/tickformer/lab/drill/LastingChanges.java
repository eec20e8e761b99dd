package io.tickformer.lab.drill;

import java.util.Arrays;

/** Changes of the series itself that last: forecasts are held to what it does from then on. */
final class LastingChanges {
    private LastingChanges() {}

    /** What a series does from the change on. */
    @FunctionalInterface
    private interface After {
        /**
         * @param value of the unchanged series
         * @param ticks since the change, from 0
         */
        double value(double value, int ticks, Subject subject, DrillGrid grid);
    }

    private static ValueFault of(double scale, double offsetSpreads, After after) {
        return (grid, subject, end, chance) -> {
            double[] values = subject.values().clone();
            for (int tick = grid.at(); tick < values.length; tick++) {
                values[tick] = after.value(values[tick], tick - grid.at(), subject, grid);
            }
            return new Specimen(
                    Trace.of(subject.values(), end),
                    Trace.of(values, end),
                    scale,
                    offsetSpreads * subject.spread(),
                    subject.spread());
        };
    }

    /** The level moves by so many spreads. */
    static ValueFault shift(double spreads) {
        return of(1, spreads, (value, ticks, subject, grid) -> value + spreads * subject.spread());
    }

    /** The level moves in steps of a patch each. */
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

    /** The level moves, and back again two patches later. */
    static ValueFault thereAndBack(double spreads) {
        return of(
                1,
                0,
                (value, ticks, subject, grid) ->
                        ticks < 2 * grid.patch() ? value + spreads * subject.spread() : value);
    }

    /** The level begins to rise, by a part of the spread at each tick. */
    static ValueFault ramp(double spreads) {
        return of(
                1,
                0,
                (value, ticks, subject, grid) -> value + (1 + ticks) * spreads * subject.spread());
    }

    /** The series moves further from its middle, or less far. */
    static ValueFault scale(double factor) {
        return (grid, subject, end, chance) -> {
            double middle = Arrays.stream(subject.values()).average().orElseThrow();
            double[] values = subject.values().clone();
            for (int tick = grid.at(); tick < values.length; tick++) {
                values[tick] = middle + factor * (values[tick] - middle);
            }
            return new Specimen(
                    Trace.of(subject.values(), end),
                    Trace.of(values, end),
                    factor,
                    (1 - factor) * middle,
                    subject.spread());
        };
    }
}
