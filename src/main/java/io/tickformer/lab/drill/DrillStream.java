package io.tickformer.lab.drill;

import io.tickformer.event.Observation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The input of a job in order of arrival, and the collector of its forecasts. Tasks look it up by
 * name, because the objects of a job reach its tasks in serialized form.
 */
final class DrillStream implements AutoCloseable {
    /** The Kafka timestamp of observations that never were on a broker. */
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
     * An element of the stream.
     *
     * @param partition from which it is read
     * @param observation the observation
     */
    record Arrival(int partition, Observation observation) {}

    /**
     * Registers a stream under a unique name.
     *
     * @param steps number of horizon steps to keep
     */
    static DrillStream open(String name, List<Arrival> arrivals, int steps) {
        DrillStream stream = new DrillStream(name, arrivals, new CollectedForecasts(steps));
        OPEN.put(name, stream);
        return stream;
    }

    /** The stream with a name. */
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
