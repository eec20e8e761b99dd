package io.tickformer.lab.drill;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Series with little information: gaps, constant values, rare events. */
final class SparsityFaults {
    private SparsityFaults() {}

    /**
     * No readings for this many ticks; the first reading after them comes when the fault strikes.
     */
    static ValueFault gap(int ticks) {
        return ReadingFaults.of(
                (sent, subject, grid, any) -> {
                    for (int tick = Math.max(0, grid.at() - ticks); tick < grid.at(); tick++) {
                        sent[tick] = Double.NaN;
                    }
                });
    }

    /** Every reading is lost with a probability. */
    static ValueFault lossy(double part) {
        return ReadingFaults.of(
                (sent, subject, grid, chance) -> {
                    for (int tick = 0; tick < sent.length; tick++) {
                        if (chance.nextDouble() < part) {
                            sent[tick] = Double.NaN;
                        }
                    }
                });
    }

    /** A constant series; its spread counts as one. */
    static ValueFault constant(double level, double spike) {
        return (grid, subject, end, chance) -> {
            double[] values = new double[subject.values().length];
            Arrays.fill(values, level);
            SentSeries dirty = SentSeries.of(values, end);
            dirty.sent()[grid.at()] += spike;
            return SeriesPair.of(SentSeries.of(values, end), dirty, 1);
        };
    }

    /** Counts of events with this mean per tick. */
    static ValueFault counts(double mean, double spike) {
        return rare(spike, chance -> PoissonDraw.poisson(mean, chance));
    }

    /** Zero except for an event of random size every so many ticks on average. */
    static ValueFault rareDemand(int ticks, double spike) {
        return rare(
                spike, chance -> chance.nextDouble() * ticks < 1 ? 2 + 6 * chance.nextDouble() : 0);
    }

    private static ValueFault rare(double spike, ToDoubleFunction<SplittableRandom> draw) {
        return (grid, subject, end, chance) -> {
            double[] values = new double[subject.values().length];
            for (int tick = 0; tick < values.length; tick++) {
                values[tick] = draw.applyAsDouble(chance);
            }
            SentSeries dirty = SentSeries.of(values, end);
            dirty.sent()[grid.at()] += spike;
            return SeriesPair.of(SentSeries.of(values, end), dirty, 1);
        };
    }
}
