package io.tickformer.operator;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.inference.MicroBatch;
import io.tickformer.inference.window.CacheStatistics;
import java.util.function.Consumer;
import org.apache.flink.util.clock.Clock;

/**
 * What is computed: the forecasts of contexts of many series, in one call of the model, handed on
 * in the order their ticks came. Knows nothing of when.
 */
final class PendingForecasts implements AutoCloseable {
    private final MicroBatch batch;
    private final String[] series;
    private final ForecastMetrics metrics;
    private final Clock clock;

    PendingForecasts(MicroBatch batch, int capacity, ForecastMetrics metrics, Clock clock) {
        this.batch = batch;
        this.series = new String[capacity];
        this.metrics = metrics;
        this.clock = clock;
        metrics.watch(this::cache);
    }

    /** Takes in a context as it stands; it may change afterwards. */
    void add(String key, SeriesContext context) {
        series[batch.add(key, context)] = key;
    }

    boolean isEmpty() {
        return batch.isEmpty();
    }

    /** Ticks that wait. */
    int size() {
        return batch.size();
    }

    /** A context has changed otherwise than by new ticks. */
    void forget(String key) {
        batch.forget(key);
    }

    /** A context is gone. */
    void release(String key) {
        batch.release(key);
    }

    /** What is kept of series from one flush to the next. */
    CacheStatistics cache() {
        return batch.cache();
    }

    /** Runs the model and hands on what was waiting; nothing waits afterwards. */
    void flush(Consumer<Forecast> target) {
        if (batch.isEmpty()) {
            return;
        }
        int size = batch.size();
        long start = clock.relativeTimeNanos();
        batch.run();
        metrics.modelRunMicros.update((clock.relativeTimeNanos() - start) / 1_000);
        metrics.microBatchSize.update(size);
        for (int slot = 0; slot < size; slot++) {
            batch.forecasts(
                    slot,
                    series[slot],
                    forecast -> {
                        metrics.issued(forecast.quality());
                        target.accept(forecast);
                    });
        }
        batch.clear();
    }

    @Override
    public void close() {
        batch.close();
    }
}
