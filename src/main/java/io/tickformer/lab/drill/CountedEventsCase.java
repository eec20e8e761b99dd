package io.tickformer.lab.drill;

import io.tickformer.event.TickAggregate;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * A case of events that a job counts or sums, so that a tick without events is zero and not
 * missing.
 *
 * @param name short name
 * @param what one sentence that describes the case
 * @param aggregate the aggregate of a tick
 * @param rate mean number of events per tick of the drill
 */
record CountedEventsCase(
        String name, String what, TickAggregate aggregate, IntToDoubleFunction rate) {
    private static final int DAY = 24;

    /** All cases, or the most important one. */
    static List<CountedEventsCase> of(boolean isQuick) {
        CountedEventsCase counted =
                new CountedEventsCase(
                        "events-counted",
                        "0.2 events a tick are counted",
                        TickAggregate.COUNT,
                        tick -> 0.2);
        if (isQuick) {
            return List.of(counted);
        }
        return Arrays.asList(
                counted,
                new CountedEventsCase(
                        "events-added",
                        "the amounts of 0.2 events a tick are added up",
                        TickAggregate.SUM,
                        tick -> 0.2),
                new CountedEventsCase(
                        "events-by-day",
                        "events that come by day and not by night are counted",
                        TickAggregate.COUNT,
                        tick -> tick % DAY < DAY / 2 ? 3 : 0),
                new CountedEventsCase(
                        "events-rare",
                        "the amounts of an event in 50 ticks are added up",
                        TickAggregate.SUM,
                        tick -> 0.02));
    }
}
