package io.tickformer.operator;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.forecaster.CircuitBreaker;
import io.tickformer.forecaster.EvaluationModeChoice;
import io.tickformer.forecaster.PendingForecast;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.MicroBatch;
import io.tickformer.inference.SharedModels;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.inference.window.CacheStatistics;
import io.tickformer.spec.ForecastSpec;
import org.apache.flink.runtime.memory.MemoryReservationException;
import org.apache.flink.util.clock.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes the forecasts of a subtask. Holds everything that belongs to one model at run time: the
 * lease of its session, its spec, the micro-batch, the cache and what is measured of them. Holds no
 * state of a series, so that it can be replaced while no context waits in its micro-batch.
 *
 * <p>{@link MicroBatcher} decides when it runs.
 *
 * <p><b>A call that fails.</b> If the settings have a circuit breaker, the rows of the micro-batch
 * are given up: their forecasts are of quality {@code FALLBACK}, as if the answers were not finite.
 * {@link CircuitBreaker} says when the model is called again. An answer that is not finite belongs
 * to its series alone; but if the last {@value #MOST_NOT_FINITE} answers were not finite, or none
 * of a call that tries whether the model works again, the call has failed. An {@link Error}, such
 * as a lack of memory, fails the task.
 */
final class ForecastEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ForecastEngine.class);

    /** So many answers in a row that are not finite say that the model is broken. */
    static final int MOST_NOT_FINITE = 64;

    private final ForecastOperatorSettings settings;
    private final MemorySource memorySource;
    private final ForecastMetrics metrics;
    private final Clock clock;
    private final SharedModels.Lease lease;
    private final CacheMemory memory;
    private final MicroBatch batch;
    private final int channels;
    private final PendingForecast[] ticks;
    private final CircuitBreaker breaker = new CircuitBreaker();
    private final HealthListener health;

    /** Answers that were not finite since the last one that was. */
    private int notFinite;

    private boolean isClosed;

    /** Takes the forecasts of ticks. */
    @FunctionalInterface
    interface Output {
        /**
         * The forecasts of a tick.
         *
         * @param forecasts by channel; null where there is none
         */
        void issued(PendingForecast tick, Forecast[] forecasts);
    }

    /** What becomes of the model's calls. */
    interface HealthListener {
        /** The calls of the model have begun to fail. */
        void failed(long tick, String reason);

        /** A call has succeeded after some that failed. */
        void recovered(long tick);
    }

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
            HealthListener health,
            SharedModels.Lease lease)
            throws MemoryReservationException {
        this.settings = settings;
        this.memorySource = memorySource;
        this.metrics = metrics;
        this.clock = clock;
        this.health = health;
        this.lease = lease;
        this.ticks = new PendingForecast[settings.microBatch().size()];
        this.memory = memorySource.reserve();
        this.channels = lease.model().spec().channelCount();
        try {
            this.batch = newMicroBatch(settings, lease.model(), memory);
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    /** Makes the micro-batch that the settings ask for, and {@link EvaluationModeChoice} allows. */
    static MicroBatch newMicroBatch(
            ForecastOperatorSettings settings, ForecastModel model, CacheMemory memory) {
        EngineSettings engine = settings.engine();
        return new EvaluationModeChoice(
                        engine.mode(),
                        engine.emitted(),
                        each -> tooSmall(engine.usesManagedMemory(), memory.bytes(), each))
                .newMicroBatch(model, settings.microBatch().size(), memory.options());
    }

    /** Says why a cache has room for no series, and what to do. */
    private static String tooSmall(boolean isManaged, long bytes, long each) {
        return bytes == 0 && isManaged
                ? "the operator has no managed memory for its cache: wire it with"
                        + " ForecastPipeline, or declare ManagedMemoryUseCase.OPERATOR by"
                        + " declareManagedMemoryUseCaseAtOperatorScope; and set"
                        + " taskmanager.memory.managed.size above zero, or set"
                        + " forecast.cache-memory"
                : ("its cache of %d bytes has room for no series, which takes %d: raise"
                                + " taskmanager.memory.managed.size, or set"
                                + " forecast.cache-memory")
                        .formatted(bytes, each);
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
            Clock clock,
            HealthListener health)
            throws MemoryReservationException {
        SharedModels.Lease lease =
                SharedModels.acquire(onnx, foreign, settings.engine().provider());
        return open(settings, memorySource, metrics, clock, health, lease);
    }

    private static ForecastEngine open(
            ForecastOperatorSettings settings,
            MemorySource memorySource,
            ForecastMetrics metrics,
            Clock clock,
            HealthListener health,
            SharedModels.Lease lease)
            throws MemoryReservationException {
        try {
            return new ForecastEngine(settings, memorySource, metrics, clock, health, lease);
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
        return open(settings, memorySource, metrics, clock, health, next);
    }

    /** The model's spec. */
    ForecastSpec spec() {
        return lease.model().spec();
    }

    /** Adds a tick with its context as it is now; the context may change afterwards. */
    void add(PendingForecast tick, SeriesContext context) {
        if (batch.isEmpty() && !breaker.admits()) {
            batch.giveUp();
        }
        ticks[addRow(tick, context)] = tick;
    }

    private int addRow(PendingForecast tick, SeriesContext context) {
        try {
            return batch.add(tick.key(), context);
        } catch (RuntimeException e) {
            // Earlier rows had to be computed first.
            failed(tick.tick(), e);
            return batch.add(tick.key(), context);
        }
    }

    /** Gives up the rows of the micro-batch, or fails the task if there is no circuit breaker. */
    private void failed(long tick, RuntimeException e) {
        if (!settings.feedback().circuitBreaker() || batch.isGivenUp()) {
            throw e;
        }
        batch.giveUp();
        noteFailure(tick, e);
    }

    private void noteFailure(long tick, RuntimeException e) {
        metrics.modelFailures.inc();
        if (breaker.failed()) {
            LOG.error(
                    "A call of the model failed. Its forecasts are replaced by simple ones until a"
                            + " call succeeds: {}",
                    e.getMessage(),
                    e);
            metrics.modelOutages.inc();
            health.failed(tick, e.getMessage());
        } else {
            LOG.warn("A call of the model failed again: {}", e.getMessage());
        }
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
    void run(Output out) {
        int size = batch.size();
        if (size == 0) {
            return;
        }
        long start = clock.relativeTimeNanos();
        try {
            batch.run();
        } catch (RuntimeException e) {
            failed(ticks[size - 1].tick(), e);
            batch.run();
        }
        metrics.modelRunMicros.update((clock.relativeTimeNanos() - start) / 1_000);
        metrics.microBatchSize.update(size);
        long newest = ticks[size - 1].tick();
        boolean isAnyFinite = false;
        for (int slot = 0; slot < size; slot++) {
            Forecast[] forecasts = new Forecast[channels];
            batch.byChannel(
                    slot, ticks[slot].key(), (forecast, channel) -> forecasts[channel] = forecast);
            isAnyFinite |= countNotFinite(forecasts);
            out.issued(ticks[slot], forecasts);
            ticks[slot] = null;
        }
        judge(newest, isAnyFinite);
        batch.clear();
    }

    /** Counts answers that are not finite, and returns whether one is finite. */
    private boolean countNotFinite(Forecast[] forecasts) {
        boolean isAnyFinite = false;
        for (Forecast forecast : forecasts) {
            if (forecast != null) {
                boolean isFinite = forecast.quality() != ForecastQuality.FALLBACK;
                notFinite = isFinite ? 0 : notFinite + 1;
                isAnyFinite |= isFinite;
            }
        }
        return isAnyFinite;
    }

    /** Tells the circuit breaker how the call went, if there was one. */
    private void judge(long tick, boolean isAnyFinite) {
        if (batch.isGivenUp() || !settings.feedback().circuitBreaker()) {
            notFinite = 0;
        } else if (isAnyFinite) {
            if (breaker.succeeded()) {
                LOG.info("The model works again.");
                metrics.modelRecoveries.inc();
                health.recovered(tick);
            }
        } else if (breaker.isOpen() || notFinite >= MOST_NOT_FINITE) {
            notFinite = 0;
            noteFailure(
                    tick,
                    new InferenceException("the answers of the model are not finite numbers"));
        }
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
