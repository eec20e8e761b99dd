package io.tickformer.operator;

import io.tickformer.context.Change;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.event.Tick;
import io.tickformer.event.TickPiece;
import io.tickformer.inference.EngineMode;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.RuntimeRelease;
import io.tickformer.inference.SharedModels;
import io.tickformer.pulse.JobFacts;
import io.tickformer.pulse.JobGauge;
import io.tickformer.pulse.TaskPulse;
import io.tickformer.spec.ForecastSpec;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.core.memory.ManagedMemoryUseCase;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.runtime.memory.MemoryReservationException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.InternalTimeServiceManager;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.clock.Clock;
import org.slf4j.LoggerFactory;

/**
 * Forecasts every series at every tick. Keeps each series' sliding context in keyed state and runs
 * the model over micro-batches of many series.
 *
 * <p>A tick that moves its series' head issues a forecast; a late one revises the context, and the
 * next forecast sees it. A forecast's timestamp is the last millisecond of its tick.
 *
 * <p>The state of a series changes when its tick arrives; only the forecast waits, already encoded,
 * for its micro-batch. What happens to the waiting ones:
 *
 * <ul>
 *   <li><b>As many as the target, or lingered</b>: the model runs and they are emitted, in the
 *       order their ticks came. So order within a series is kept. {@link BatchTarget} sets the
 *       target.
 *   <li><b>Watermark</b>: they are emitted before it is forwarded. A tick comes before the
 *       watermark that ends it, so no forecast is late.
 *   <li><b>Checkpoint barrier</b>: they are emitted before it is forwarded. So they belong to the
 *       checkpoint that holds their contexts, and nothing of the micro-batch is part of it.
 *   <li><b>End of input, or idle input</b>: they are emitted before it is announced.
 *   <li><b>Failure</b>: they are dropped. Their ticks came after the last checkpoint, so the source
 *       sends them again, and the same contexts give the same forecasts.
 * </ul>
 *
 * <p><b>The past.</b> Ticks before the settings' {@link ForecastFrom} change their context and are
 * not forecast.
 *
 * <p><b>Cache.</b> What is computed of a series at one tick is of use at the next; it lies off
 * heap, in the operator's share of managed memory, and is no state: after a restart, a rescale or a
 * late revision the same forecasts are computed from the context in full.
 *
 * <p><b>Silence.</b> Two event-time timers a series, at most: <em>expiry</em>, set when the state
 * is created and set again when it fires on a series that lives, so that a tick costs no timer;
 * and, if the settings ask for it, <em>silence</em>, set for the tick after the head, which
 * forecasts on with a missing tick. Both fire behind the ticks of their watermark, which may leap
 * over many ticks; so a tick that comes, and expiry, first do what the timers before them would
 * have done, and the forecasts are the same however the watermark moves. The end of input is no
 * silence.
 */
final class ForecastOperator extends AbstractStreamOperator<Forecast>
        implements OneInputStreamOperator<TickPiece, Forecast>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    /** Name of the state that holds the contexts. */
    static final String CONTEXTS = "context";

    private final transient byte[] modelBytes;
    private final transient ForecastSpec foreign;
    private final ForecastOperatorSettings settings;
    private final JobFacts facts;

    private transient SharedModels.Lease lease;
    private transient PendingForecasts pending;
    private transient CacheMemory cacheMemory;
    private transient Clock clock;
    private transient BatchTarget target;
    private transient LingerTimer linger;
    private transient ForecastMetrics counts;
    private transient TaskPulse pulse;
    private transient ValueState<SeriesContext> contexts;
    private transient SeriesContextSerializer contextSerializer;
    private transient KeptFrom keptFrom;
    private transient InternalTimerService<VoidNamespace> expiryTimers;
    private transient InternalTimerService<VoidNamespace> silenceTimers;
    private transient ForecastSpec spec;
    private transient long idleExpiryTicks;
    private transient boolean inputEnded;

    ForecastOperator(
            StreamOperatorParameters<Forecast> parameters,
            byte[] modelBytes,
            ForecastSpec foreign,
            ForecastOperatorSettings settings,
            JobFacts facts) {
        super(parameters);
        this.modelBytes = modelBytes;
        this.foreign = foreign;
        this.settings = settings;
        this.facts = facts;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        keptFrom =
                KeptFrom.of(context.getOperatorStateStore(), context.isRestored(), settings.from());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        keptFrom.snapshot();
    }

    @Override
    public void open() throws Exception {
        super.open();
        getRuntimeContext()
                .registerUserCodeClassLoaderReleaseHookIfAbsent(
                        "onnxruntime", RuntimeRelease::release);
        lease = SharedModels.acquire(modelBytes, foreign, settings.provider());
        ForecastModel model = lease.model();
        spec = model.spec();
        idleExpiryTicks = settings.expiryTicks(spec.contextLength());
        counts = new ForecastMetrics(getMetricGroup());
        clock = getProcessingTimeService().getClock();
        pulse =
                TaskPulse.start(
                        getProcessingTimeService(),
                        LoggerFactory.getLogger(ForecastOperator.class),
                        getRuntimeContext().getTaskInfo().getTaskNameWithSubtasks(),
                        facts,
                        counts.counters(),
                        () -> Map.of(JobGauge.WATERMARK, combinedWatermark.getCombinedWatermark()));
        cacheMemory = cacheMemory();
        pending =
                new PendingForecasts(
                        new Engine(settings).newMicroBatch(model, cacheMemory),
                        settings.microBatchSize(),
                        counts,
                        clock);
        target =
                new BatchTarget(
                        settings.microBatchSize(),
                        settings.linger().toNanos(),
                        clock.relativeTimeNanos());
        linger =
                new LingerTimer(
                        getProcessingTimeService(), settings.linger().toMillis(), this::lingered);
        contextSerializer = SeriesContextSerializer.of(spec);
        contexts =
                getKeyedStateStore()
                        .getState(new ValueStateDescriptor<>(CONTEXTS, contextSerializer));
        expiryTimers =
                getInternalTimerService("expiry", VoidNamespaceSerializer.INSTANCE, new Expiry());
        silenceTimers =
                getInternalTimerService("silence", VoidNamespaceSerializer.INSTANCE, new Silence());
    }

    private CacheMemory cacheMemory() throws MemoryReservationException {
        if (settings.mode() == EngineMode.FULL) {
            return CacheMemory.ofOwn(0);
        }
        if (settings.cacheBytes() != ForecastOperatorSettings.MANAGED) {
            return CacheMemory.ofOwn(settings.cacheBytes());
        }
        Environment environment = getContainingTask().getEnvironment();
        return CacheMemory.managed(
                environment.getMemoryManager(),
                getOperatorConfig()
                        .getManagedMemoryFractionOperatorUseCaseOfSlot(
                                ManagedMemoryUseCase.OPERATOR,
                                environment.getJobConfiguration(),
                                environment.getTaskManagerInfo().getConfiguration(),
                                environment.getUserCodeClassLoader().asClassLoader()));
    }

    @Override
    public void processElement(StreamRecord<TickPiece> element) throws Exception {
        TickPiece tick = element.getValue();
        SeriesContext context = context();
        boolean known = context != null;
        if (!known) {
            context = SeriesContext.of(spec);
            expiryTimers.registerEventTimeTimer(
                    VoidNamespace.INSTANCE, lastMilli(tick.index() + idleExpiryTicks));
        } else if (!context.isEmpty()) {
            forecastSilence(tick.series(), context, tick.index() - 1);
        }
        Change change = context.update(tick.index(), tick.gathered().values(settings.aggregate()));
        count(change, known);
        if (change == Change.IGNORED_TOO_OLD) {
            return;
        }
        contexts.update(context);
        watchForSilence(context);
        if (change.movedHead()) {
            forecast(tick.series(), context);
        } else {
            pending.forget(tick.series());
        }
    }

    /** The context of the current series, as the model takes it; null where there is none. */
    private SeriesContext context() throws IOException {
        SeriesContext context = contexts.value();
        return context == null ? null : contextSerializer.fitted(context);
    }

    /** Forecasts on with missing ticks, for as long as is asked for and up to the given one. */
    private void forecastSilence(String series, SeriesContext context, long end) {
        long last = Math.min(end, context.lastObservedTick() + settings.silentTicks());
        while (!context.isEmpty() && context.headTick() < last) {
            context.advanceTo(context.headTick() + 1);
            if (!context.isEmpty()) {
                forecast(series, context);
            }
        }
    }

    private void count(Change change, boolean known) {
        switch (change) {
            case REVISED -> counts.revisions.inc();
            case IGNORED_TOO_OLD -> counts.ticksTooOld.inc();
            case STARTED -> {
                if (known) {
                    counts.restarts.inc();
                }
            }
            case APPENDED -> {}
        }
    }

    private void forecast(String series, SeriesContext context) {
        counts.ticks.inc();
        if (!keptFrom.from().includes(lastMilli(context.headTick()))) {
            counts.ticksNotForecast.inc();
            return;
        }
        pending.add(series, context);
        linger.added();
        if (pending.size() >= target.ticks()) {
            compute();
            target.filled(clock.relativeTimeNanos());
        }
    }

    private void lingered() {
        int waited = pending.size();
        compute();
        target.lingered(waited, clock.relativeTimeNanos());
    }

    private void flush() {
        if (!pending.isEmpty()) {
            compute();
            target.flushed(clock.relativeTimeNanos());
        }
    }

    private void compute() {
        pending.flush(this::emit);
        linger.flushed();
    }

    private void emit(Forecast forecast) {
        output.collect(new StreamRecord<>(forecast, lastMilli(forecast.tickIndex())));
    }

    /** The last millisecond of a tick, in event time. */
    private long lastMilli(long tickIndex) {
        return (tickIndex + 1) * spec.tickMillis() - 1;
    }

    /** The tick whose last millisecond an event time is. */
    private long tickEnding(long eventTimeMillis) {
        return Tick.indexOf(eventTimeMillis, spec.tickMillis());
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        inputEnded = mark.getTimestamp() == Watermark.MAX_WATERMARK.getTimestamp();
        Optional<InternalTimeServiceManager<?>> timers = getTimeServiceManager();
        if (timers.isPresent()) {
            // Timers fire here and not in super, so that what they forecast is flushed with the
            // rest before super forwards the watermark.
            timers.get().advanceWatermark(mark);
        }
        flush();
        super.processWatermark(mark);
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        flush();
        super.processWatermarkStatus(status);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        flush();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void endInput() {
        flush();
    }

    @Override
    public void close() throws Exception {
        // Any may be missing where opening failed.
        if (pulse != null) {
            pulse.close();
        }
        if (linger != null) {
            linger.close();
        }
        if (pending != null) {
            pending.close();
        }
        if (cacheMemory != null) {
            cacheMemory.close();
        }
        if (lease != null) {
            lease.close();
        }
        super.close();
    }

    /** What it reports, from opening on. */
    ForecastMetrics counts() {
        return counts;
    }

    /** What waits and what is kept besides the state, from opening on. */
    PendingForecasts pending() {
        return pending;
    }

    private void watchForSilence(SeriesContext context) {
        if (context.headTick() - context.lastObservedTick() < settings.silentTicks()) {
            silenceTimers.registerEventTimeTimer(
                    VoidNamespace.INSTANCE, lastMilli(context.headTick() + 1));
        }
    }

    /** Forgets series that stayed silent for too long. */
    private final class Expiry implements Triggerable<String, VoidNamespace> {
        @Override
        public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
            SeriesContext context = context();
            long ended = tickEnding(timer.getTimestamp());
            if (context.isEmpty() || ended - context.lastObservedTick() >= idleExpiryTicks) {
                if (!context.isEmpty() && !inputEnded) {
                    forecastSilence(timer.getKey(), context, ended);
                }
                contexts.clear();
                pending.release(timer.getKey());
                counts.expiredSeries.inc();
            } else {
                expiryTimers.registerEventTimeTimer(
                        VoidNamespace.INSTANCE,
                        lastMilli(context.lastObservedTick() + idleExpiryTicks));
            }
        }

        @Override
        public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
            throw new IllegalStateException("expiry is set in event time only");
        }
    }

    /** Forecasts on where the tick that just ended did not come. */
    private final class Silence implements Triggerable<String, VoidNamespace> {
        @Override
        public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
            SeriesContext context = context();
            long ended = tickEnding(timer.getTimestamp());
            if (context == null || context.isEmpty() || inputEnded) {
                return;
            }
            if (context.headTick() < ended) {
                forecastSilence(timer.getKey(), context, ended);
                contexts.update(context);
                if (!context.isEmpty()) {
                    watchForSilence(context);
                }
            }
        }

        @Override
        public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
            throw new IllegalStateException("silence is set in event time only");
        }
    }
}
