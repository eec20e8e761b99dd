package io.tickformer.lab.chaos;

import io.tickformer.event.Forecast;
import io.tickformer.kafka.issued.FeedbackFieldReader;

/** Identifies one forecast, score or anomaly: a series and a tick. */
record SeriesTick(String series, long tick) {
    static SeriesTick of(Forecast forecast) {
        return new SeriesTick(forecast.series(), forecast.tickIndex());
    }

    static SeriesTick of(FeedbackFieldReader.Found record) {
        return new SeriesTick(record.series(), record.tickIndex());
    }
}
