package io.tickformer.lab.bench;

import com.sun.management.ThreadMXBean;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.inference.MicroBatch;
import io.tickformer.spec.ForecastSpec;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * Series that tick together, and their forecasts in micro-batches: the work of the operator without
 * Flink. Each tick arrives for every series before the next tick.
 */
final class EngineWorkload {
    private final ForecastSpec spec;
    private final List<SeriesContext> contexts = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<Integer> order = new ArrayList<>();
    private final boolean isShuffled;
    private final Random random = new Random(1);
    private final LongSupplier nanoTime;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long tick;
    private int next;
    private long sum;

    /**
     * Total cost of some forecasts.
     *
     * @param forecasts number of forecasts
     * @param nanos from contexts to forecasts
     * @param modelNanos part of it spent in calls of the model, including copies of the cache
     * @param garbageBytes heap allocation without the forecasts themselves
     * @param forecastBytes heap allocation of the forecasts
     */
    record Cost(int forecasts, long nanos, long modelNanos, long garbageBytes, long forecastBytes) {
        /** Microseconds per forecast. */
        double micros() {
            return nanos / 1e3 / forecasts;
        }

        /** Microseconds per forecast in calls of the model. */
        double modelMicros() {
            return modelNanos / 1e3 / forecasts;
        }
    }

    /**
     * Creates series with full contexts.
     *
     * @param isShuffled whether series tick in a new order every time
     */
    EngineWorkload(ForecastSpec spec, int series, boolean isShuffled, LongSupplier nanoTime) {
        this.spec = spec;
        this.isShuffled = isShuffled;
        this.nanoTime = nanoTime;
        for (int i = 0; i < series; i++) {
            SeriesContext context = SeriesContext.of(spec);
            for (int t = 0; t < spec.ringTicks(); t++) {
                context.update(t, values());
            }
            contexts.add(context);
            keys.add("series-" + i);
            order.add(i);
        }
        tick = spec.ringTicks();
    }

    private double[] values() {
        double[] values = new double[spec.channelCount()];
        for (int channel = 0; channel < values.length; channel++) {
            values[channel] = 100 + random.nextGaussian();
        }
        return values;
    }

    int series() {
        return contexts.size();
    }

    /** Forecasts every series at this many ticks, to fill a cache and to warm up. */
    void warmUp(MicroBatch batch, int size, int ticks) {
        while (next != 0) {
            forecast(batch, 1);
        }
        for (int calls = ticks * contexts.size() / size; calls > 0; calls--) {
            forecast(batch, size);
        }
    }

    /**
     * Forecasts the next series in one micro-batch.
     *
     * @param size number of series; divides the number of all series
     */
    Cost forecast(MicroBatch batch, int size) {
        for (int i = 0; i < size; i++) {
            contexts.get(order.get(next + i)).update(tick, values());
        }
        long bytes = allocated();
        long start = nanoTime.getAsLong();
        for (int i = 0; i < size; i++) {
            int series = order.get(next + i);
            batch.add(keys.get(series), contexts.get(series));
        }
        long added = nanoTime.getAsLong();
        batch.run();
        long ran = nanoTime.getAsLong();
        long garbage = allocated() - bytes;
        for (int i = 0; i < size; i++) {
            Forecast forecast = batch.forecast(i, keys.get(order.get(next + i)));
            sum += forecast.observedTicks();
        }
        long end = nanoTime.getAsLong();
        long ofForecasts = allocated() - bytes - garbage;
        batch.clear();
        next += size;
        if (next == contexts.size()) {
            next = 0;
            tick++;
            if (isShuffled) {
                Collections.shuffle(order, random);
            }
        }
        return new Cost(size, end - start, ran - added, garbage, ofForecasts);
    }

    /** Sum over all forecasts so far, so that the JIT compiler cannot drop them. */
    long observedTicks() {
        return sum;
    }

    private long allocated() {
        return threads.getCurrentThreadAllocatedBytes();
    }
}
