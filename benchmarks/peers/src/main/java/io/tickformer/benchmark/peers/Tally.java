package io.tickformer.benchmark.peers;

import io.tickformer.event.Forecast;

import org.apache.flink.api.common.functions.MapFunction;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;

/**
 * Counts the forecasts of the job that runs, and adds up the means of the first of them, which shows
 * whether all jobs forecast the same. One job runs at a time, in this process.
 */
final class Tally implements MapFunction<Forecast, Forecast> {
    private static final long serialVersionUID = 1L;

    /** Forecasts whose means are added up. */
    static final int COMPARED = 1_000;

    private static final AtomicLong FORECASTS = new AtomicLong();
    private static final DoubleAdder SUM = new DoubleAdder();

    static void reset() {
        FORECASTS.set(0);
        SUM.reset();
    }

    static long forecasts() {
        return FORECASTS.get();
    }

    static double sum() {
        return SUM.sum();
    }

    @Override
    public Forecast map(Forecast forecast) {
        if (FORECASTS.get() < COMPARED) {
            for (double mean : forecast.mean()) {
                SUM.add(mean);
            }
        }
        FORECASTS.incrementAndGet();
        return forecast;
    }
}
