package io.tickformer.lab.drill;

import io.tickformer.event.Observation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a job reads, in order, and where it puts its forecasts. Found by its name, since what
 * belongs to a job travels to its tasks in serialized form.
 */
final class DrillStream implements AutoCloseable {
    /** The Kafka timestamp of observations that no broker has seen. */
    static final long NOT_WRITTEN = -1;

    private static final Map<String, DrillStream> OPEN = new ConcurrentHashMap<>();

    private final String name;
    private final List<Arrival> arrivals;
    private final CollectedForecasts forecasts;

    private DrillStream(String name, List<Arrival> arrivals, CollectedForecasts forecasts) {
        this.name = name;
        this.arrivals = arrivals;
        this.forecasts = forecasts;
    }

    /**
     * What is read next.
     *
     * @param partition it is read from
     * @param observation what it says
     */
    record Arrival(int partition, Observation observation) {}

    /**
     * A stream under a name of its own.
     *
     * @param steps of a forecast that are kept
     */
    static DrillStream open(String name, List<Arrival> arrivals, int steps) {
        DrillStream stream = new DrillStream(name, arrivals, new CollectedForecasts(steps));
        OPEN.put(name, stream);
        return stream;
    }

    /** The stream of a name. */
    static DrillStream find(String name) {
        return OPEN.get(name);
    }

    String name() {
        return name;
    }

    List<Arrival> arrivals() {
        return arrivals;
    }

    CollectedForecasts forecasts() {
        return forecasts;
    }

    @Override
    public void close() {
        OPEN.remove(name);
    }
}
