package io.tickformer.lab.chaos;

import io.tickformer.event.Forecast;

/** Identifies one forecast: a series and a tick. */
record SeriesTick(String series, long tick) {
    static SeriesTick of(Forecast forecast) {
        return new SeriesTick(forecast.series(), forecast.tickIndex());
    }
}
