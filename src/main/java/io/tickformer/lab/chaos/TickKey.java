package io.tickformer.lab.chaos;

import io.tickformer.event.Forecast;

/** Identifies one forecast: a series and a tick. */
record TickKey(String series, long tick) {
    static TickKey of(Forecast forecast) {
        return new TickKey(forecast.series(), forecast.tickIndex());
    }
}
