package io.tickformer.lab.chaos;

import io.tickformer.event.Forecast;

/** What there is one forecast of. */
record TickKey(String series, long tick) {
    static TickKey of(Forecast forecast) {
        return new TickKey(forecast.series(), forecast.tickIndex());
    }
}
