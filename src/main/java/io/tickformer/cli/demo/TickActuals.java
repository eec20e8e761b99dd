package io.tickformer.cli.demo;

import io.tickformer.annotation.Nullable;
import io.tickformer.event.Tick;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickAggregate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The actual values of ticks, aggregated from the valid observations of a tick. A tick is final
 * once it has been drained; later observations of it are ignored.
 */
final class TickActuals {
    private final long tickMillis;
    private final TickAggregate aggregate;
    private final NavigableMap<Long, Map<String, TickAccumulator>> open = new TreeMap<>();
    private long finalBefore = Long.MIN_VALUE;
    private long newest = Long.MIN_VALUE;

    /** Actual values that are means. */
    TickActuals(long tickMillis) {
        this(tickMillis, TickAggregate.MEAN);
    }

    TickActuals(long tickMillis, TickAggregate aggregate) {
        this.tickMillis = tickMillis;
        this.aggregate = aggregate;
    }

    /**
     * Adds a delivery. Returns its tick with the value so far, or null if the delivery is faulty.
     */
    Tick add(SimulatedRecord delivery) {
        return delivery.fault() == SimulatedRecord.Fault.NONE
                ? add(delivery.series(), delivery.eventTimeMillis(), delivery.value())
                : null;
    }

    /** Adds an observation. Returns its tick with the value so far, or null if it is final. */
    @Nullable
    Tick add(String series, long eventTimeMillis, double value) {
        long index = Tick.indexOf(eventTimeMillis, tickMillis);
        if (index < finalBefore) {
            return null;
        }
        TickAccumulator tick =
                open.computeIfAbsent(index, any -> new LinkedHashMap<>())
                        .computeIfAbsent(series, any -> new TickAccumulator(1));
        tick.add(0, eventTimeMillis, value);
        newest = Math.max(newest, index);
        return new Tick(series, index, tick.value(0, aggregate));
    }

    /** The newest tick with an observation; the smallest number before the first. */
    long newest() {
        return newest;
    }

    /** Removes and returns, in order, the ticks more than this number before the newest. */
    List<Tick> drainOlderThan(int ticks) {
        return open.isEmpty() ? List.of() : drainBefore(newest - ticks);
    }

    /** Removes and returns, in order, the ticks before the given one. */
    List<Tick> drainBefore(long tick) {
        List<Tick> drained = new ArrayList<>();
        for (Map.Entry<Long, Map<String, TickAccumulator>> one :
                open.headMap(tick, false).entrySet()) {
            for (Map.Entry<String, TickAccumulator> series : one.getValue().entrySet()) {
                drained.add(
                        new Tick(
                                series.getKey(),
                                one.getKey(),
                                series.getValue().value(0, aggregate)));
            }
        }
        open.headMap(tick, false).clear();
        finalBefore = Math.max(finalBefore, tick);
        return drained;
    }
}
