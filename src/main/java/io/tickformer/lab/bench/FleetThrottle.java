package io.tickformer.lab.bench;

import io.tickformer.annotation.Internal;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Limits the ticks that a job in this process reads, and counts its forecasts. Tasks look it up by
 * name, because the objects of a job reach its tasks in serialized form.
 */
@Internal
public final class FleetThrottle implements AutoCloseable {
    private static final Map<String, FleetThrottle> OPEN = new ConcurrentHashMap<>();

    private final String name;
    private final LongAdder forecasts = new LongAdder();
    private long allowed;
    private long taken;
    private CompletableFuture<Void> waiting;

    private FleetThrottle(String name) {
        this.name = name;
    }

    /** Creates a closed gate. */
    public static FleetThrottle of(String name) {
        FleetThrottle gate = new FleetThrottle(name);
        OPEN.put(name, gate);
        return gate;
    }

    /** The gate with a name. */
    static FleetThrottle find(String name) {
        return OPEN.get(name);
    }

    /** Lets more ticks through. */
    public void allow(long more) {
        CompletableFuture<Void> freed = null;
        synchronized (this) {
            allowed += more;
            if (taken <= allowed) {
                freed = waiting;
                waiting = null;
            }
        }
        if (freed != null) {
            freed.complete(null);
        }
    }

    /** Completes once this many more ticks may pass; for a single source. */
    synchronized CompletableFuture<Void> take(int count) {
        taken += count;
        if (taken <= allowed) {
            return CompletableFuture.completedFuture(null);
        }
        waiting = new CompletableFuture<>();
        return waiting;
    }

    /** Counts a forecast. */
    void arrived() {
        forecasts.increment();
    }

    /** Number of forecasts so far. */
    public long forecasts() {
        return forecasts.sum();
    }

    @Override
    public void close() {
        OPEN.remove(name);
    }
}
