package io.tickformer.cli.demo;

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
 * The actual values of ticks, computed from the sent records: the mean of the valid observations of
 * a tick. A tick is final once it has been drained; later observations of it are ignored.
 */
final class TickActuals {
    private final long tickMillis;
    private final NavigableMap<Long, Map<String, TickAccumulator>> open = new TreeMap<>();
    private long finalBefore = Long.MIN_VALUE;
    private long newest = Long.MIN_VALUE;

    TickActuals(long tickMillis) {
        this.tickMillis = tickMillis;
    }

    /**
     * Adds a delivery. Returns its tick with the value so far, or null if the delivery is faulty.
     */
    Tick add(SimulatedRecord delivery) {
        long index = Tick.indexOf(delivery.eventTimeMillis(), tickMillis);
        if (delivery.fault() != SimulatedRecord.Fault.NONE || index < finalBefore) {
            return null;
        }
        TickAccumulator tick =
                open.computeIfAbsent(index, any -> new LinkedHashMap<>())
                        .computeIfAbsent(delivery.series(), any -> new TickAccumulator(1));
        tick.add(0, delivery.eventTimeMillis(), delivery.value());
        newest = Math.max(newest, index);
        return new Tick(delivery.series(), index, tick.value(0, TickAggregate.MEAN));
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
                                series.getValue().value(0, TickAggregate.MEAN)));
            }
        }
        open.headMap(tick, false).clear();
        finalBefore = Math.max(finalBefore, tick);
        return drained;
    }
}
