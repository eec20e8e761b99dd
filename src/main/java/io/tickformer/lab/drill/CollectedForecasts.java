package io.tickformer.lab.drill;

import io.tickformer.event.Forecast;
import java.util.HashMap;
import java.util.Map;

/** The forecasts of a job by series and tick. Tasks may add concurrently. */
final class CollectedForecasts {
    private final int steps;
    private final Map<String, OfSeries> bySeries = new HashMap<>();

    /**
     * @param steps number of horizon steps that are kept
     */
    CollectedForecasts(int steps) {
        this.steps = steps;
    }

    synchronized void add(Forecast forecast) {
        bySeries.computeIfAbsent(forecast.series(), series -> new OfSeries())
                .add(forecast.tickIndex(), QuantileBand.of(forecast, steps));
    }

    /** The forecasts of a series; empty if there are none. */
    synchronized OfSeries of(String series) {
        return bySeries.getOrDefault(series, new OfSeries());
    }

    /** The forecasts of one series. */
    static final class OfSeries {
        private final Map<Long, QuantileBand> byTick = new HashMap<>();
        private long count;

        private void add(long tickIndex, QuantileBand fan) {
            count++;
            byTick.put(tickIndex, fan);
        }

        /** The last forecast issued at a tick; null if there is none. */
        QuantileBand at(long tickIndex) {
            return byTick.get(tickIndex);
        }

        /** Number of forecasts for ticks that already had one. */
        long repeated() {
            return count - byTick.size();
        }
    }
}
