package io.tickformer.lab.bench;

import io.tickformer.event.Observation;
import java.time.Instant;

/**
 * The events of a benchmark, a function of their number. Every series has the same number of events
 * per tick. Series take turns, and event times are in the order of the numbers and evenly spaced.
 *
 * <p>Watermarks do not trail. So a tick ends for all series when the last partition has its first
 * event of the next tick: the event that completes the tick.
 */
final class EventStream {
    private static final long FIRST_TICK_MILLIS =
            Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
    private static final double LEVEL = 100;
    private static final double AMPLITUDE = 10;
    private static final double RADIANS_A_TICK = 2 * Math.PI / 24;

    private final int partitions;
    private final int perTick;
    private final long tickMillis;
    private final String[] names;

    /**
     * @param series number of series, at least one per partition
     * @param eventsPerTick events of a series per tick
     * @param partitions partitions of the topic
     * @param tickMillis length of a tick
     */
    EventStream(int series, int eventsPerTick, int partitions, long tickMillis) {
        if (series < partitions) {
            throw new IllegalArgumentException(
                    "%d series on %d partitions; expected at least one series per partition"
                            .formatted(series, partitions));
        }
        this.partitions = partitions;
        this.perTick = Math.multiplyExact(series, eventsPerTick);
        this.tickMillis = tickMillis;
        this.names = new String[series];
        for (int i = 0; i < series; i++) {
            names[i] = "series-%05d".formatted(i);
        }
    }

    /** Number of series. */
    int series() {
        return names.length;
    }

    /** Events of all series per tick. */
    int perTick() {
        return perTick;
    }

    Observation event(long number) {
        long tick = number / perTick;
        long position = number % perTick;
        int series = (int) (position % names.length);
        return new Observation(
                names[series],
                FIRST_TICK_MILLIS + tick * tickMillis + position * tickMillis / perTick,
                LEVEL + AMPLITUDE * Math.sin((tick + series) * RADIANS_A_TICK) + position);
    }

    /** The partition of an event, which is that of its series. */
    int partition(long number) {
        return (int) (number % perTick % names.length % partitions);
    }

    /** Whether the event completes the previous tick. */
    boolean completesTick(long number) {
        return number >= perTick && number % perTick == partitions - 1;
    }

    /** The tick of an event, counted from the start of the stream. */
    long tick(long number) {
        return number / perTick;
    }

    /** The tick of the stream with the given index on the tick grid. */
    long tickOfIndex(long tickIndex) {
        return tickIndex - FIRST_TICK_MILLIS / tickMillis;
    }
}
