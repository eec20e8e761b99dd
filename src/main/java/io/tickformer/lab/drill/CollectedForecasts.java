package io.tickformer.lab.drill;

import io.tickformer.event.Forecast;
import java.util.HashMap;
import java.util.Map;

/** The forecasts that a job gave, by series and tick. Several tasks may add at a time. */
final class CollectedForecasts {
    private final int steps;
    private final Map<String, OfSeries> bySeries = new HashMap<>();

    /**
     * @param steps of each that are kept
     */
    CollectedForecasts(int steps) {
        this.steps = steps;
    }

    synchronized void add(Forecast forecast) {
        bySeries.computeIfAbsent(forecast.series(), series -> new OfSeries())
                .add(forecast.tickIndex(), Fan.of(forecast, steps));
    }

    /** The forecasts of a series; none if there are none. */
    synchronized OfSeries of(String series) {
        return bySeries.getOrDefault(series, new OfSeries());
    }

    /** The forecasts of one series. */
    static final class OfSeries {
        private final Map<Long, Fan> byTick = new HashMap<>();
        private long count;

        private void add(long tickIndex, Fan fan) {
            count++;
            byTick.put(tickIndex, fan);
        }

        /** The forecast at a tick, of several the last; null if none came. */
        Fan at(long tickIndex) {
            return byTick.get(tickIndex);
        }

        /** How many came for a tick that had one. */
        long repeated() {
            return count - byTick.size();
        }
    }
}
