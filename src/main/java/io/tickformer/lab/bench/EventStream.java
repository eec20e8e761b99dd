package io.tickformer.lab.bench;

import io.tickformer.event.Observation;
import java.time.Instant;

/**
 * The events of a benchmark, a function of their number: every series has so many a tick, in turns,
 * their event times in the order of their numbers and evenly apart.
 *
 * <p>The watermark trails nothing, so a tick ends for all series with the first event of the next
 * tick in the partition that is the last to have one: the event that completes it.
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
     * @param series number of series, at least one for each partition
     * @param eventsPerTick events of a series in a tick
     * @param partitions partitions of the topic
     * @param tickMillis length of a tick
     */
    EventStream(int series, int eventsPerTick, int partitions, long tickMillis) {
        if (series < partitions) {
            throw new IllegalArgumentException(
                    "%d series on %d partitions; expected one for each at least"
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

    /** Events of all series in a tick. */
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

    /** The partition that an event goes to, that of its series. */
    int partition(long number) {
        return (int) (number % perTick % names.length % partitions);
    }

    /** Whether the event completes a tick, the one before its own. */
    boolean completesTick(long number) {
        return number >= perTick && number % perTick == partitions - 1;
    }

    /** Which tick of the stream, from 0, an event belongs to. */
    long tick(long number) {
        return number / perTick;
    }

    /** Which tick of the stream, from 0, has the given index on the grid of all ticks. */
    long tickOfIndex(long tickIndex) {
        return tickIndex - FIRST_TICK_MILLIS / tickMillis;
    }
}
