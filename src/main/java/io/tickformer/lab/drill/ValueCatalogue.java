package io.tickformer.lab.drill;

import java.util.ArrayList;
import java.util.List;

/** The cases of faulty values. */
final class ValueCatalogue {
    private static final double EQUAL = 1e-3;
    private static final Bound UNHARMED = Bound.error(1.2);
    private static final Bound BELOW_NAIVE = Bound.naive(1);
    private static final Bound RECOVERED = Bound.error(1.5);
    private static final Bound SAME_OF_MODEL = Bound.difference(EQUAL);

    /** What was learned from errors fades, and is not forgotten at once. */
    private static final Bound SAME_WITH_FEEDBACK = Bound.difference(0.1);

    private final DrillGrid grid;
    private final Bound same;
    private final List<ValueCase> cases = new ArrayList<>();

    private ValueCatalogue(DrillGrid grid, Bound same) {
        this.grid = grid;
        this.same = same;
    }

    /**
     * All cases, or the most important ones.
     *
     * @param isModelOnly whether forecasts are neither calibrated nor mixed
     */
    static List<ValueCase> of(DrillGrid grid, boolean isQuick, boolean isModelOnly) {
        ValueCatalogue catalogue =
                new ValueCatalogue(grid, isModelOnly ? SAME_OF_MODEL : SAME_WITH_FEEDBACK);
        catalogue.badReadings(isQuick);
        catalogue.lastingChanges(isQuick);
        catalogue.otherUnits(isQuick);
        catalogue.holes(isQuick);
        return catalogue.cases;
    }

    private void badReadings(boolean isQuick) {
        int hour = 60;
        bad("spike-1e3", "one reading is off by 1e3 spreads", ReadingFaults.spike(1e3));
        bad("spike-1e6", "one reading is off by 1e6 spreads", ReadingFaults.spike(1e6));
        forgotten("spike-1e9", "one reading is off by 1e9 spreads", ReadingFaults.spike(1e9));
        bad("spike-65535", "one reading is 65535", ReadingFaults.sentinel(65_535, 1));
        bad("zeros-hour", "60 readings are zero", ReadingFaults.sentinel(0, hour));
        bad("stuck-hour", "60 readings repeat the last one", ReadingFaults.stuck(hour));
        bad(
                "spikes-1%",
                "1 % of the readings are off by 1e3 to 1e9 spreads",
                ReadingFaults.scattered(0.01, 1e3, 1e9));
        bad(
                "young-spike",
                "the third reading of a new series is off by 1e6 spreads",
                ReadingFaults.young(4 * grid.patch(), 2, 1e6));
        bad(
                "unit-slip",
                "ten readings come in a unit 1,000 times smaller",
                ReadingFaults.otherUnit(1_000, 10));
        if (isQuick) {
            return;
        }
        bad("spike-10", "one reading is off by 10 spreads", ReadingFaults.spike(10));
        bad("spike-down-1e6", "one reading is 1e6 spreads too low", ReadingFaults.spike(-1e6));
        bad("zero", "one reading is zero", ReadingFaults.sentinel(0, 1));
        bad("sentinel", "three readings are -999", ReadingFaults.sentinel(-999, 3));
        bad("zeros-12", "12 readings are zero", ReadingFaults.sentinel(0, 12));
        forgotten(
                "zeros-720",
                "720 readings are zero, an hour in ticks of 5 s",
                ReadingFaults.sentinel(0, Math.min(720, grid.ring() / 2)));
        bad("stuck-12", "12 readings repeat the last one", ReadingFaults.stuck(12));
        bad(
                "saturated",
                "48 readings do not leave a tenth of a spread",
                ReadingFaults.saturated(0.1, 48));
        bad(
                "alternating",
                "12 readings are 1e3 spreads too high and too low in turn",
                ReadingFaults.alternating(1e3, 12));
        bad(
                "spikes-5%",
                "5 % of the readings are off by 10 to 1e3 spreads",
                ReadingFaults.scattered(0.05, 10, 1e3));
        bad(
                "first-reading",
                "the first reading of a new series is off by 1e9 spreads",
                ReadingFaults.young(4 * grid.patch(), 0, 1e9));
        bad(
                "stuck-start",
                "a new series repeats one value for 100 ticks before it lives",
                ReadingFaults.stuckStart(100));
        bad(
                "stuck-life",
                "a series repeats one value for as long as a context before it lives",
                ReadingFaults.stuckStart(grid.ring()));
    }

    private void lastingChanges(boolean isQuick) {
        lasting("shift+20", "the level rises by 20 spreads", LevelFaults.shift(20));
        lasting("shift-5", "the level drops by 5 spreads", LevelFaults.shift(-5));
        lasting("variance-x100", "the variance rises to 100 times", LevelFaults.scale(10));
        if (isQuick) {
            return;
        }
        lasting("shift+3", "the level rises by 3 spreads", LevelFaults.shift(3));
        lasting("shift+5", "the level rises by 5 spreads", LevelFaults.shift(5));
        lasting("shift-20", "the level drops by 20 spreads", LevelFaults.shift(-20));
        lasting("shift+100", "the level rises by 100 spreads", LevelFaults.shift(100));
        lasting("shift-100", "the level drops by 100 spreads", LevelFaults.shift(-100));
        lasting("shift+1e6", "the level rises by a million spreads", LevelFaults.shift(1e6));
        lasting("variance-/100", "the variance falls to a 100th", LevelFaults.scale(0.1));
        lasting("variance-x1e6", "the variance rises to 1e6 times", LevelFaults.scale(1e3));
        cases.add(
                new ValueCase(
                        "staircase",
                        "the level rises by 5 spreads a patch, four times",
                        LevelFaults.staircase(5, 4),
                        List.of(
                                new Expectation("", 5 * grid.patch(), BELOW_NAIVE),
                                new Expectation(" later", 9 * grid.patch(), RECOVERED))));
        cases.add(
                new ValueCase(
                        "there-and-back",
                        "the level rises by 20 spreads and falls back two patches later",
                        LevelFaults.thereAndBack(20),
                        List.of(
                                new Expectation("", 4 * grid.patch(), BELOW_NAIVE),
                                new Expectation(" later", 8 * grid.patch(), RECOVERED))));
        cases.add(
                new ValueCase(
                        "ramp",
                        "the level begins to rise by half a spread a tick",
                        LevelFaults.ramp(0.5),
                        List.of(new Expectation("", 2 * grid.patch(), BELOW_NAIVE))));
    }

    private void otherUnits(boolean isQuick) {
        same("scale-1e-9", "the series times 1e-9", UnitVariants.scaled(1e-9));
        same("scale-1e9", "the series times 1e9", UnitVariants.scaled(1e9));
        same("level+1e9", "the series 1e9 spreads higher", UnitVariants.raised(1e9));
        same("register", "a register that counts on from 5e8", UnitVariants.register(5e8));
        same("frequency", "the series as 50 Hz, give or take 0.02", UnitVariants.frequency());
        if (isQuick) {
            return;
        }
        for (double factor : new double[] {1e-6, 1e-3, 1e3, 1e6}) {
            same(
                    "scale-" + power(factor),
                    "the series times " + power(factor),
                    UnitVariants.scaled(factor));
        }
        for (double spreads : new double[] {1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8}) {
            same(
                    "level+" + power(spreads),
                    "the series %s spreads higher".formatted(power(spreads)),
                    UnitVariants.raised(spreads));
        }
        same("level-1e9", "the series 1e9 spreads lower", UnitVariants.raised(-1e9));
    }

    private static String power(double number) {
        return "1e" + Math.round(Math.log10(number));
    }

    private void holes(boolean isQuick) {
        bad("gap-patch", "no reading for a patch", SparsityFaults.gap(grid.patch()));
        once(
                "gap-context",
                "no reading for a whole context",
                SparsityFaults.gap(grid.at()),
                Bound.NONE);
        once(
                "constant",
                "a series that never moves",
                SparsityFaults.constant(230, 0),
                Bound.naive(2));
        once(
                "counts",
                "a reading of 1e6 among counts of 0.2 a tick",
                SparsityFaults.counts(0.2, 1e6),
                UNHARMED);
        if (isQuick) {
            return;
        }
        once(
                "constant-0",
                "a series that is always zero",
                SparsityFaults.constant(0, 0),
                Bound.naive(2));
        bad("gap-1", "one reading is missing", SparsityFaults.gap(1));
        once(
                "gap-half",
                "no reading for half a context",
                SparsityFaults.gap(grid.ring() / 2),
                Bound.NONE);
        once("lossy-30%", "30 % of the readings are lost", SparsityFaults.lossy(0.3), Bound.NONE);
        once("lossy-90%", "90 % of the readings are lost", SparsityFaults.lossy(0.9), Bound.NONE);
        once(
                "constant-spike",
                "one reading of 1e6 in a series that never moves",
                SparsityFaults.constant(0, 1e6),
                UNHARMED);
        once(
                "rare-demand",
                "a reading of 1e6 in a series with an event every 40 ticks",
                SparsityFaults.rareDemand(40, 1e6),
                UNHARMED);
    }

    /** A patch after the fault, the error is nearly back to that of the clean series. */
    private void bad(String name, String what, ValueFault fault) {
        once(name, what, fault, UNHARMED);
    }

    private void once(String name, String what, ValueFault fault, Bound bound) {
        cases.add(
                new ValueCase(
                        name, what, fault, List.of(new Expectation("", grid.patch(), bound))));
    }

    /** In addition, the fault has no effect once it has left the context. */
    private void forgotten(String name, String what, ValueFault fault) {
        cases.add(
                new ValueCase(
                        name,
                        what,
                        fault,
                        List.of(
                                new Expectation("", grid.patch(), UNHARMED),
                                new Expectation(" forgotten", grid.ring() + 1, same))));
    }

    private void lasting(String name, String what, ValueFault fault) {
        cases.add(
                new ValueCase(
                        name,
                        what,
                        fault,
                        List.of(
                                new Expectation(" +2P", 2 * grid.patch(), BELOW_NAIVE),
                                new Expectation(" +6P", 6 * grid.patch(), RECOVERED))));
    }

    private void same(String name, String what, ValueFault fault) {
        once(name, what, fault, same);
    }
}
