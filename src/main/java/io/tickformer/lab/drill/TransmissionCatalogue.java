package io.tickformer.lab.drill;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The cases of faulty order and times. */
final class TransmissionCatalogue {
    private static final int SERIES = 5;

    /** Error of a wrong clock in ticks: whole days, so that the season fits. */
    private static final int WRONG_CLOCK = 480;

    private final List<TransmissionCase> cases = new ArrayList<>();

    private TransmissionCatalogue() {}

    /** All cases, or the most important ones. */
    static List<TransmissionCase> of(boolean isQuick) {
        TransmissionCatalogue catalogue = new TransmissionCatalogue();
        catalogue.add(
                "late-device",
                "one device sends everything six ticks late",
                (reading, grid, any) ->
                        once(delayedIf(reading.series() == 0, reading, 6 * grid.tickMillis())));
        catalogue.add(
                "clock-ahead",
                "the clock of one device jumps 480 ticks ahead",
                (reading, grid, any) ->
                        once(
                                isStruck(reading, grid)
                                        ? wrongClock(reading, grid, WRONG_CLOCK)
                                        : SentReading.punctual(reading)));
        catalogue.add(
                "by-series",
                "the past is sent series by series",
                (reading, grid, any) -> once(bySeries(reading, grid)));
        catalogue.add(
                "away",
                "a partition is away for two patches and comes back with what it has",
                (reading, grid, any) -> once(away(reading, grid)));
        catalogue.add(
                "twice",
                "every reading is sent twice",
                (reading, grid, any) -> Collections.nCopies(2, SentReading.punctual(reading)));
        if (!isQuick) {
            catalogue.more();
        }
        return catalogue.cases;
    }

    private void more() {
        add(
                "device-backlog",
                "one device is offline for half a patch and then sends its backlog",
                (reading, grid, any) -> once(offline(reading, grid)));
        add(
                "clock-behind",
                "the clock of one device jumps 480 ticks back",
                (reading, grid, any) ->
                        once(
                                isStruck(reading, grid)
                                        ? wrongClock(reading, grid, -WRONG_CLOCK)
                                        : SentReading.punctual(reading)));
        add(
                "one-ahead",
                "one reading of one device is 480 ticks ahead of its time",
                (reading, grid, any) ->
                        once(
                                isStruck(reading, grid) && reading.tick() == grid.at()
                                        ? wrongClock(reading, grid, WRONG_CLOCK)
                                        : SentReading.punctual(reading)));
        add(
                "backwards",
                "the past is sent backwards",
                (reading, grid, any) ->
                        once(
                                isPast(reading, grid)
                                        ? new SentReading(-reading.time(), 0, reading)
                                        : SentReading.punctual(reading)));
        add(
                "shuffled",
                "the past is sent in no order at all",
                (reading, grid, chance) ->
                        once(
                                isPast(reading, grid)
                                        ? new SentReading(
                                                -1 - chance.nextLong(1L << 40), 0, reading)
                                        : SentReading.punctual(reading)));
        add(
                "out-of-order",
                "readings are sent up to three ticks late, each by itself",
                (reading, grid, chance) ->
                        once(
                                SentReading.punctual(reading)
                                        .delayed(chance.nextLong(3 * grid.tickMillis()))));
        add(
                "sent-again",
                "a patch of readings is sent a second time, two patches later",
                (reading, grid, any) -> again(reading, grid));
        add(
                "new-series",
                "a series begins when the others are long there",
                (reading, grid, any) ->
                        reading.series() == 0 && isPast(reading, grid)
                                ? List.of()
                                : once(SentReading.punctual(reading)));
        add(
                "hour-repeated",
                "one device repeats an hour when clocks are set back",
                (reading, grid, any) ->
                        once(
                                reading.series() == 0 && reading.tick() >= grid.at()
                                        ? wrongClock(reading, grid, -hour(grid))
                                        : SentReading.punctual(reading)));
        add(
                "hour-missing",
                "one device skips an hour when clocks are set forward",
                (reading, grid, any) ->
                        once(
                                reading.series() == 0 && reading.tick() >= grid.at()
                                        ? wrongClock(reading, grid, hour(grid))
                                        : SentReading.punctual(reading)));
        cases.add(
                new TransmissionCase(
                        "quiet",
                        "one series sends one reading a tick, on its boundary",
                        1,
                        1,
                        (reading, grid, any) -> once(onBoundary(reading, grid))));
        cases.add(
                new TransmissionCase(
                        "jitter",
                        "six readings a tick are sent up to a quarter of a tick late",
                        SERIES,
                        6,
                        (reading, grid, chance) ->
                                once(
                                        SentReading.punctual(reading)
                                                .delayed(chance.nextLong(grid.tickMillis() / 4)))));
        cases.add(
                new TransmissionCase(
                        "split",
                        "the second half of each tick of one device comes two ticks late",
                        SERIES,
                        6,
                        (reading, grid, any) ->
                                once(
                                        delayedIf(
                                                reading.series() == 0 && reading.place() >= 3,
                                                reading,
                                                2 * grid.tickMillis()))));
        cases.add(
                new TransmissionCase(
                        "burst",
                        "a hundred readings come in one tick instead of six",
                        SERIES,
                        6,
                        (reading, grid, any) ->
                                Collections.nCopies(
                                        reading.tick() == grid.at() ? 17 : 1,
                                        SentReading.punctual(reading))));
    }

    private void add(String name, String what, TransmissionFault fault) {
        cases.add(new TransmissionCase(name, what, SERIES, 1, fault));
    }

    private static List<SentReading> once(SentReading sending) {
        return List.of(sending);
    }

    private static boolean isPast(Reading reading, DrillGrid grid) {
        return reading.tick() < grid.at();
    }

    /** Whether the reading belongs to the first series and is taken from the fault on. */
    private static boolean isStruck(Reading reading, DrillGrid grid) {
        return reading.series() == 0 && !isPast(reading, grid);
    }

    private static SentReading delayedIf(boolean is, Reading reading, long millis) {
        return SentReading.punctual(reading).delayed(is ? millis : 0);
    }

    private static SentReading wrongClock(Reading reading, DrillGrid grid, int ticks) {
        return new SentReading(
                reading.time(), 0, reading.withTime(reading.time() + ticks * grid.tickMillis()));
    }

    private static SentReading onBoundary(Reading reading, DrillGrid grid) {
        return SentReading.punctual(reading.withTime(grid.millis(reading.tick())));
    }

    /** Sends the whole past of the first series, then that of the second, and so on. */
    private static SentReading bySeries(Reading reading, DrillGrid grid) {
        if (!isPast(reading, grid)) {
            return SentReading.punctual(reading);
        }
        long past = grid.millis(grid.at()) - grid.millis(0);
        return SentReading.punctual(reading).delayed(-past * (SERIES - reading.series()));
    }

    /** Every other series is in the second partition. */
    private static SentReading away(Reading reading, DrillGrid grid) {
        SentReading sending = SentReading.punctual(reading).into(reading.series() % 2);
        int back = grid.at() + 2 * grid.patch();
        boolean isAway =
                sending.partition() == 1 && !isPast(reading, grid) && reading.tick() < back;
        return isAway ? sending.delayed(grid.millis(back) - reading.time()) : sending;
    }

    private static SentReading offline(Reading reading, DrillGrid grid) {
        int back = grid.at() + grid.patch() / 2;
        boolean isOffline = isStruck(reading, grid) && reading.tick() < back;
        return delayedIf(isOffline, reading, grid.millis(back) - reading.time());
    }

    private static List<SentReading> again(Reading reading, DrillGrid grid) {
        SentReading first = SentReading.punctual(reading);
        boolean isTwice = !isPast(reading, grid) && reading.tick() < grid.at() + grid.patch();
        return isTwice
                ? List.of(first, first.delayed(2L * grid.patch() * grid.tickMillis()))
                : List.of(first);
    }

    private static int hour(DrillGrid grid) {
        return (int) Math.max(1, 3_600_000L / grid.tickMillis());
    }
}
