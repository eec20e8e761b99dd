package io.tickformer.operator;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.inference.MicroBatch;
import io.tickformer.inference.SharedModels;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.inference.window.CacheStatistics;
import io.tickformer.spec.ForecastSpec;
import java.util.function.Consumer;
import org.apache.flink.runtime.memory.MemoryReservationException;
import org.apache.flink.util.clock.Clock;

/**
 * Computes the forecasts of a subtask. Holds everything that belongs to one model at run time: the
 * lease of its session, its spec, the micro-batch, the cache and what is measured of them. Holds no
 * state of a series, so that it can be replaced while no context waits in its micro-batch.
 *
 * <p>{@link MicroBatcher} decides when it runs.
 */
final class ForecastEngine implements AutoCloseable {
    private final ForecastOperatorSettings settings;
    private final MemorySource memorySource;
    private final ForecastMetrics metrics;
    private final Clock clock;
    private final SharedModels.Lease lease;
    private final CacheMemory memory;
    private final MicroBatch batch;
    private final String[] series;
    private boolean isClosed;

    /** Reserves the memory of a cache. */
    @FunctionalInterface
    interface MemorySource {
        CacheMemory reserve() throws MemoryReservationException;
    }

    private ForecastEngine(
            ForecastOperatorSettings settings,
            MemorySource memorySource,
            ForecastMetrics metrics,
            Clock clock,
            SharedModels.Lease lease)
            throws MemoryReservationException {
        this.settings = settings;
        this.memorySource = memorySource;
        this.metrics = metrics;
        this.clock = clock;
        this.lease = lease;
        this.series = new String[settings.microBatch().size()];
        this.memory = memorySource.reserve();
        try {
            this.batch = new EvaluationModeChoice(settings).newMicroBatch(lease.model(), memory);
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    /**
     * Opens an engine.
     *
     * @param onnx the bytes of the ONNX file
     * @param foreign the spec of a forecaster made elsewhere; null for a file that carries its own
     * @throws InferenceException if the model does not work in the mode of the settings
     */
    static ForecastEngine open(
            byte[] onnx,
            ForecastSpec foreign,
            ForecastOperatorSettings settings,
            MemorySource memorySource,
            ForecastMetrics metrics,
            Clock clock)
            throws MemoryReservationException {
        SharedModels.Lease lease =
                SharedModels.acquire(onnx, foreign, settings.engine().provider());
        return open(settings, memorySource, metrics, clock, lease);
    }

    private static ForecastEngine open(
            ForecastOperatorSettings settings,
            MemorySource memorySource,
            ForecastMetrics metrics,
            Clock clock,
            SharedModels.Lease lease)
            throws MemoryReservationException {
        try {
            return new ForecastEngine(settings, memorySource, metrics, clock, lease);
        } catch (MemoryReservationException | RuntimeException | Error e) {
            lease.close();
            throw e;
        }
    }

    /**
     * Closes this engine and opens one that runs another model of the same spec. This one stays
     * open if the other model cannot be loaded or has another spec. Both share one reservation of
     * memory, one after the other: the new cache starts empty.
     *
     * @param onnx the bytes of the ONNX file
     * @param foreign the spec of a forecaster made elsewhere; null for a file that carries its own
     * @throws InferenceException if the model cannot be loaded or has another spec
     * @throws IllegalStateException if contexts wait in the micro-batch
     */
    ForecastEngine replaceBy(byte[] onnx, ForecastSpec foreign) throws MemoryReservationException {
        if (!batch.isEmpty()) {
            throw new IllegalStateException(
                    "%d contexts wait in the micro-batch of the engine that is replaced; expected"
                                    .formatted(batch.size())
                            + " none");
        }
        SharedModels.Lease next = SharedModels.acquire(onnx, foreign, settings.engine().provider());
        if (!next.model().spec().equals(spec())) {
            String given = next.model().spec().toString();
            next.close();
            throw new InferenceException(
                    "the new model has the spec %s; expected that of the running one, %s"
                            .formatted(given, spec()));
        }
        close();
        return open(settings, memorySource, metrics, clock, next);
    }

    /** The model's spec. */
    ForecastSpec spec() {
        return lease.model().spec();
    }

    /** Adds a context as it is now; it may change afterwards. */
    void add(String key, SeriesContext context) {
        series[batch.add(key, context)] = key;
    }

    boolean isEmpty() {
        return batch.isEmpty();
    }

    /** Number of contexts that wait. */
    int size() {
        return batch.size();
    }

    /** Drops what is cached of a series, whose context has changed in its past. */
    void forget(String key) {
        batch.forget(key);
    }

    /** Drops what is cached of a series, whose state is deleted. */
    void release(String key) {
        batch.release(key);
    }

    /** What the cache holds and how often it was hit. */
    CacheStatistics cache() {
        return batch.cache();
    }

    /** Runs the model over the contexts that wait, and emits their forecasts in the same order. */
    void run(Consumer<Forecast> out) {
        int size = batch.size();
        if (size == 0) {
            return;
        }
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
                        out.accept(forecast);
                    });
        }
        batch.clear();
    }

    @Override
    public void close() {
        // Twice, if opening its replacement failed.
        if (isClosed) {
            return;
        }
        isClosed = true;
        batch.close();
        memory.close();
        lease.close();
    }
}
