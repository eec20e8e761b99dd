package io.tickformer.forecaster;

import io.tickformer.annotation.Internal;
import io.tickformer.annotation.Nullable;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.MicroBatch;
import io.tickformer.inference.SharedModels;
import io.tickformer.inference.incremental.CacheOptions;
import io.tickformer.inference.runtime.BufferAllocator;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.window.CacheStatistics;
import io.tickformer.spec.ForecastSpec;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the {@link SeriesForecaster}s of one thread share: the model, the cache of its incremental
 * state, and the constants of the feedback. One call of the model forecasts one series.
 *
 * <p><b>Cache.</b> It holds the keys and values of the series that were forecast last, off heap, in
 * at most the bytes of the options. It is no state: what it lacks is computed again from the whole
 * context, with the same forecasts up to rounding. If there are more series than it has room for,
 * as many as it has room for stay in it; a series gives way when it is silent or much rarer. (With
 * replacement of the least recently used, series that come in turn would all miss.)
 *
 * <p><b>A call that fails</b> gives simple forecasts of quality {@code FALLBACK}, and {@link
 * CircuitBreaker} says when the model is called again; without a circuit breaker in the options the
 * call throws, and the tick has no forecast.
 *
 * <p>Not thread-safe. Engines of several threads share one session of the same model.
 */
@Internal
public final class SeriesEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SeriesEngine.class);

    private final SharedModels.Lease lease;
    private final SeriesOptions options;
    private final MicroBatch batch;
    private final RecordFeedback feedback; // null if no part of it is on
    private final CircuitBreaker breaker = new CircuitBreaker();

    private SeriesEngine(
            SharedModels.Lease lease,
            SeriesOptions options,
            FeedbackListener listener,
            BufferAllocator memory) {
        this.lease = lease;
        this.options = options;
        ForecastSpec spec = lease.model().spec();
        options.expiryTicks(spec.ringTicks());
        boolean isFeedback =
                !options.feedback().equals(FeedbackSettings.NONE)
                        || listener != FeedbackListener.NONE;
        this.feedback =
                isFeedback
                        ? new RecordFeedback(spec, options.feedback(), options.emitted(), listener)
                        : null;
        this.batch =
                new EvaluationModeChoice(
                                options.mode(),
                                isFeedback
                                        // Feedback needs all levels and selects those to emit.
                                        ? new ForecastSelection(
                                                options.emitted().horizon(), List.of())
                                        : options.emitted(),
                                each ->
                                        ("its cache of %d bytes has room for no series, which takes"
                                                        + " %d: set cacheBytes to a multiple of it")
                                                .formatted(options.cacheBytes(), each))
                        .newMicroBatch(
                                lease.model(), 1, new CacheOptions(options.cacheBytes(), memory));
    }

    /**
     * Opens an engine whose cache lies in direct memory of the JVM.
     *
     * @param onnx the bytes of the ONNX file
     * @param foreign the spec of a forecaster made elsewhere; null for a file that carries its own
     * @param listener takes what the feedback finds
     * @throws io.tickformer.inference.runtime.InferenceException if the model does not work, or
     *     does not answer what the options emit
     * @throws IllegalArgumentException if the options do not fit the model
     */
    public static SeriesEngine open(
            byte[] onnx,
            @Nullable ForecastSpec foreign,
            ExecutionProvider provider,
            SeriesOptions options,
            FeedbackListener listener) {
        return open(onnx, foreign, provider, options, listener, BufferAllocator.DIRECT);
    }

    /**
     * Opens an engine, as above.
     *
     * @param memory of the cache
     */
    public static SeriesEngine open(
            byte[] onnx,
            @Nullable ForecastSpec foreign,
            ExecutionProvider provider,
            SeriesOptions options,
            FeedbackListener listener,
            BufferAllocator memory) {
        SharedModels.Lease lease = SharedModels.acquire(onnx, foreign, provider);
        try {
            return new SeriesEngine(lease, options, listener, memory);
        } catch (RuntimeException | Error e) {
            lease.close();
            throw e;
        }
    }

    /** The model. */
    public ForecastModel model() {
        return lease.model();
    }

    /** The model's spec. */
    public ForecastSpec spec() {
        return lease.model().spec();
    }

    SeriesOptions options() {
        return options;
    }

    /** The feedback of the series; null if no part of it is on. */
    @Nullable
    RecordFeedback feedback() {
        return feedback;
    }

    /** What the cache holds and how often it was hit. */
    public CacheStatistics cache() {
        return batch.cache();
    }

    /**
     * Forecasts a series at the head of its context.
     *
     * @return for each channel its forecast; null where there is none
     */
    Forecast[] forecast(String key, SeriesContext context) {
        try {
            if (!breaker.admits()) {
                batch.giveUp();
            }
            call(key, context);
            Forecast[] forecasts = new Forecast[spec().channelCount()];
            batch.byChannel(0, key, (forecast, channel) -> forecasts[channel] = forecast);
            return forecasts;
        } catch (RuntimeException | Error e) {
            batch.giveUp(); // Else clear() would run the rows that failed.
            throw e;
        } finally {
            batch.clear();
        }
    }

    private void call(String key, SeriesContext context) {
        try {
            batch.add(key, context);
            batch.run();
        } catch (RuntimeException e) {
            if (!options.circuitBreaker()) {
                throw e;
            }
            batch.giveUp();
            if (batch.isEmpty()) {
                batch.add(key, context);
            }
            batch.run();
            if (breaker.failed()) {
                LOG.error(
                        "A call of the model failed. Its forecasts are replaced by simple ones"
                                + " until a call succeeds: {}",
                        e.getMessage(),
                        e);
            }
            return;
        }
        if (!batch.isGivenUp() && breaker.succeeded()) {
            LOG.info("The model works again.");
        }
    }

    /** Drops what is cached of a series, whose context has changed in its past. */
    void forget(String key) {
        batch.forget(key);
    }

    /** Drops what is cached of a series, whose state is deleted, and frees its place. */
    void release(String key) {
        batch.release(key);
    }

    /** Releases the cache, and the model if no other engine of this process uses it. */
    @Override
    public void close() {
        batch.close();
        lease.close();
    }
}
