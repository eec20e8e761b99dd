package io.tickformer.lab.drill;

import io.tickformer.event.TickAggregate;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Events that a job counts or adds up, so that a tick without one is a zero and no gap.
 *
 * @param name short
 * @param what one sentence: what happens
 * @param aggregate what a job makes of the events of a tick
 * @param rate events in a tick of the drill, on average
 */
record EventCase(String name, String what, TickAggregate aggregate, IntToDoubleFunction rate) {
    private static final int DAY = 24;

    /** All cases, or the one that matters most. */
    static List<EventCase> of(boolean isQuick) {
        EventCase counted =
                new EventCase(
                        "events-counted",
                        "0.2 events a tick are counted",
                        TickAggregate.COUNT,
                        tick -> 0.2);
        if (isQuick) {
            return List.of(counted);
        }
        return Arrays.asList(
                counted,
                new EventCase(
                        "events-added",
                        "the amounts of 0.2 events a tick are added up",
                        TickAggregate.SUM,
                        tick -> 0.2),
                new EventCase(
                        "events-by-day",
                        "events that come by day and not by night are counted",
                        TickAggregate.COUNT,
                        tick -> tick % DAY < DAY / 2 ? 3 : 0),
                new EventCase(
                        "events-rare",
                        "the amounts of an event in 50 ticks are added up",
                        TickAggregate.SUM,
                        tick -> 0.02));
    }
}
