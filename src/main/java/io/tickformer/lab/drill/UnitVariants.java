package io.tickformer.lab.drill;

/** The same series in another unit or at another level, from the first reading on. */
final class UnitVariants {
    private UnitVariants() {}

    /** The series multiplied by a factor. */
    static ValueFault scaled(double factor) {
        return (grid, subject, end, chance) ->
                moved(subject.values(), subject.spread(), end, factor, 0);
    }

    /** The series raised by this many spreads. */
    static ValueFault raised(double spreads) {
        return (grid, subject, end, chance) ->
                moved(subject.values(), subject.spread(), end, 1, spreads * subject.spread());
    }

    /** The series in a unit of 0.01 around 50: the frequency of a power grid. */
    static ValueFault frequency() {
        return (grid, subject, end, chance) ->
                moved(subject.values(), subject.spread(), end, 0.01 / subject.spread(), 50);
    }

    /** A cumulative counter that starts at the given reading; the clean one starts at zero. */
    static ValueFault register(double begin) {
        return (grid, subject, end, chance) -> {
            double[] counted = new double[subject.values().length];
            double sum = 0;
            for (int tick = 0; tick < counted.length; tick++) {
                sum += 2 * subject.spread() + Math.abs(subject.values()[tick]);
                counted[tick] = sum;
            }
            return moved(counted, CleanSeries.deviation(counted), end, 1, begin);
        };
    }

    private static SeriesPair moved(
            double[] values, double spread, int end, double factor, double offset) {
        double[] others = new double[values.length];
        for (int tick = 0; tick < others.length; tick++) {
            others[tick] = factor * values[tick] + offset;
        }
        return new SeriesPair(
                SentSeries.of(values, end), SentSeries.of(others, end), factor, offset, spread);
    }
}
