package io.tickformer.operator;

import io.tickformer.context.SeriesContext;
import io.tickformer.forecaster.PendingForecast;
import io.tickformer.inference.window.CacheStatistics;
import io.tickformer.spec.ForecastSpec;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.runtime.memory.MemoryReservationException;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.util.clock.Clock;

/**
 * Collects contexts into micro-batches and runs the engine: when the micro-batch has reached its
 * size, when its oldest context has waited for the linger, and when the operator flushes it. Holds
 * the engine, and exchanges it at a flush.
 */
final class MicroBatcher implements AutoCloseable {
    private final Clock clock;
    private final AdaptiveBatchSize batchSize;
    private final FlushTimer timer;
    private final Output output;

    /** Keys of the series that wait. */
    private final Set<String> waiting = new HashSet<>();

    private ForecastEngine engine;

    /** Takes what leaves the micro-batch. */
    interface Output extends ForecastEngine.Output {
        /** All ticks that waited have left. */
        void flushed();
    }

    /**
     * @param engine closed with this
     * @param output takes the forecasts, in the order of their ticks
     */
    MicroBatcher(
            ForecastEngine engine,
            MicroBatchSettings settings,
            ProcessingTimeService time,
            Output output) {
        this.engine = engine;
        this.output = output;
        this.clock = time.getClock();
        this.batchSize =
                new AdaptiveBatchSize(
                        settings.size(), settings.linger().toNanos(), clock.relativeTimeNanos());
        this.timer = new FlushTimer(time, settings.linger().toMillis(), this::lingered);
    }

    /** Adds a tick with its context as it is now; the context may change afterwards. */
    void add(PendingForecast tick, SeriesContext context) {
        engine.add(tick, context);
        waiting.add(tick.key());
        timer.added();
        if (engine.size() >= batchSize.ticks()) {
            run();
            batchSize.filled(clock.relativeTimeNanos());
        }
    }

    private void lingered() {
        int waited = engine.size();
        run();
        batchSize.lingered(waited, clock.relativeTimeNanos());
    }

    /** Computes and emits the forecasts of all contexts that wait. */
    void flush() {
        if (!engine.isEmpty()) {
            run();
            batchSize.flushed(clock.relativeTimeNanos());
        }
    }

    private void run() {
        engine.run(output);
        waiting.clear();
        output.flushed();
        timer.flushed();
    }

    /**
     * Flushes, and forecasts with another model of the same spec from then on.
     *
     * @param foreign the spec of a forecaster made elsewhere; null for a file that carries its own
     * @throws io.tickformer.inference.runtime.InferenceException as {@link
     *     ForecastEngine#replaceBy} says
     */
    void exchange(byte[] onnx, ForecastSpec foreign) throws MemoryReservationException {
        flush();
        engine = engine.replaceBy(onnx, foreign);
    }

    /** Drops what is cached of a series, whose context has changed in its past. */
    void forget(String series) {
        engine.forget(series);
    }

    /** Drops what is cached of a series, whose state is deleted. */
    void release(String series) {
        engine.release(series);
    }

    /** Whether a tick of a series waits. */
    boolean isWaiting(String series) {
        return waiting.contains(series);
    }

    /** Number of contexts that wait. */
    int size() {
        return engine.size();
    }

    /** What the cache of the engine holds and how often it was hit. */
    CacheStatistics cache() {
        return engine.cache();
    }

    @Override
    public void close() {
        timer.close();
        engine.close();
    }
}
