package io.tickformer.operator;

import io.tickformer.context.Change;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.event.Tick;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickPiece;
import io.tickformer.inference.EngineMode;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.RuntimeRelease;
import io.tickformer.inference.SharedModels;
import io.tickformer.monitoring.JobGauge;
import io.tickformer.monitoring.MonitoringSettings;
import io.tickformer.monitoring.SubtaskStatusLog;
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
 * <p>What comes are pieces of ticks. {@link TickClosing} says when a tick is over: it then moves
 * its series' head and issues a forecast. A piece of a tick that is in the context already joins it
 * there, and the next forecast sees it. A piece of a tick that the context does not reach back to
 * any more goes to {@link LateReadings#TOO_OLD}. A forecast's timestamp is the last millisecond of
 * its tick.
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
 * <p><b>Timers.</b> Three event-time timers a series, at most: <em>open</em>, where ticks of the
 * series are open apart from the watermark; <em>expiry</em>, set when the state is created and set
 * again when it fires on a series that lives, so that a tick costs no timer; and, if the settings
 * ask for it, <em>silence</em>, set for the tick after the head, which forecasts on with a missing
 * tick. Both fire behind the ticks of their watermark, which may leap over many ticks; so a tick
 * that comes, and expiry, first do what the timers before them would have done, and the forecasts
 * are the same however the watermark moves. The end of input is no silence.
 */
final class ForecastOperator extends AbstractStreamOperator<Forecast>
        implements OneInputStreamOperator<TickPiece, Forecast>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private static final String OPEN = "open";

    private final transient byte[] modelBytes;
    private final transient ForecastSpec foreign;
    private final ForecastOperatorSettings settings;
    private final MonitoringSettings facts;

    private transient SharedModels.Lease lease;
    private transient PendingForecasts pending;
    private transient CacheMemory cacheMemory;
    private transient Clock clock;
    private transient BatchTarget target;
    private transient LingerTimer linger;
    private transient ForecastMetrics counts;
    private transient SubtaskStatusLog statusLog;
    private transient SeriesContexts contexts;
    private transient ValueState<OpenTicks> opens;
    private transient TickTimes times;
    private transient TickClosing closing;
    private transient boolean isRestored;
    private transient KeptFrom keptFrom;
    private transient KeptWholeTicks keptWhole;
    private transient WholeTicks whole;
    private transient InternalTimerService<VoidNamespace> openTimers;
    private transient InternalTimerService<VoidNamespace> expiryTimers;
    private transient InternalTimerService<VoidNamespace> silenceTimers;
    private transient ForecastSpec spec;
    private transient long idleExpiryTicks;
    private transient boolean inputEnded;

    /** The watermark whose timers have fired: what windows hand on as they fire is ahead of it. */
    private transient long watermark;

    ForecastOperator(
            StreamOperatorParameters<Forecast> parameters,
            byte[] modelBytes,
            ForecastSpec foreign,
            ForecastOperatorSettings settings,
            MonitoringSettings facts) {
        super(parameters);
        this.modelBytes = modelBytes;
        this.foreign = foreign;
        this.settings = settings;
        this.facts = facts;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        isRestored = context.isRestored();
        keptFrom =
                KeptFrom.of(
                        context.getOperatorStateStore(),
                        context.isRestored(),
                        settings.from(),
                        getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
        keptWhole =
                KeptWholeTicks.of(
                        context.getOperatorStateStore(),
                        context.isRestored(),
                        settings.whole(),
                        getProcessingTimeService().getCurrentProcessingTime());
        whole = keptWhole.ticks();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        keptFrom.snapshot(expiryTimers.currentWatermark(), spec.tickMillis());
        keptWhole.snapshot();
    }

    @Override
    public void open() throws Exception {
        super.open();
        getRuntimeContext()
                .registerUserCodeClassLoaderReleaseHookIfAbsent(
                        "onnxruntime", RuntimeRelease::release);
        lease = SharedModels.acquire(modelBytes, foreign, settings.engine().provider());
        ForecastModel model = lease.model();
        spec = model.spec();
        idleExpiryTicks = settings.silence().expiryTicks(spec.ringTicks());
        times = settings.ticks().times(spec.tickMillis());
        closing = new TickClosing(times, spec.channelCount(), isRestored);
        watermark = Long.MIN_VALUE;
        counts = new ForecastMetrics(getMetricGroup());
        clock = getProcessingTimeService().getClock();
        statusLog =
                SubtaskStatusLog.start(
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
                        settings.microBatch().size(),
                        counts,
                        clock);
        target =
                new BatchTarget(
                        settings.microBatch().size(),
                        settings.microBatch().linger().toNanos(),
                        clock.relativeTimeNanos());
        linger =
                new LingerTimer(
                        getProcessingTimeService(),
                        settings.microBatch().linger().toMillis(),
                        this::lingered);
        contexts = new SeriesContexts(getKeyedStateStore(), spec);
        opens =
                getKeyedStateStore()
                        .getState(new ValueStateDescriptor<>(OPEN, OpenTicksSerializer.INSTANCE));
        openTimers = getInternalTimerService(OPEN, VoidNamespaceSerializer.INSTANCE, new Open());
        expiryTimers =
                getInternalTimerService("expiry", VoidNamespaceSerializer.INSTANCE, new Expiry());
        silenceTimers =
                getInternalTimerService("silence", VoidNamespaceSerializer.INSTANCE, new Silence());
    }

    private CacheMemory cacheMemory() throws MemoryReservationException {
        if (settings.engine().mode() == EngineMode.FULL) {
            return CacheMemory.ofOwn(0);
        }
        if (settings.engine().cacheBytes() != EngineSettings.MANAGED_MEMORY) {
            return CacheMemory.ofOwn(settings.engine().cacheBytes());
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
        TickPiece piece = element.getValue();
        if (!whole.takes(piece.index(), spec.tickMillis(), spec.aggregate())) {
            counts.partialReadings.inc(piece.gathered().count());
            return;
        }
        SeriesContext context = contexts.value();
        long head = head(context);
        if (piece.index() <= head) {
            revise(piece, context);
            return;
        }
        OpenTicks open = opens.value();
        if (open == null) {
            if (closing.isOverAtOnce(piece, watermark)) {
                close(piece.series(), piece.index(), piece.gathered());
                return;
            }
            open = new OpenTicks();
        }
        long over = closing.add(open, piece, head, watermark);
        closeThrough(piece.series(), open, over);
        keep(open);
    }

    private static long head(SeriesContext context) {
        return context == null || context.isEmpty() ? OpenTicks.NONE : context.headTick();
    }

    /** Puts a piece of a tick that is in the context, or was, to what is there. */
    private void revise(TickPiece piece, SeriesContext context) throws IOException {
        Change change = merge(context, piece.index(), piece.gathered());
        long readings = piece.gathered().count();
        if (change == Change.IGNORED_TOO_OLD) {
            counts.lateTooOld.inc(readings);
            output.collect(LateReadings.TOO_OLD, new StreamRecord<>(piece));
            return;
        }
        counts.lateRevised.inc(readings);
        contexts.update(context);
        watchForSilence(context);
        pending.forget(piece.series());
    }

    private Change merge(SeriesContext context, long index, TickAccumulator gathered) {
        return context.merge(index, gathered, spec.aggregate(), spec.tickMillis());
    }

    /** Closes the open ticks up to the given one, the oldest first. */
    private void closeThrough(String series, OpenTicks open, long last) throws Exception {
        Map.Entry<Long, TickAccumulator> tick = open.pollThrough(last);
        while (tick != null) {
            close(series, tick.getKey(), tick.getValue());
            tick = open.pollThrough(last);
        }
    }

    /** Appends a tick that is over, and forecasts. */
    private void close(String series, long index, TickAccumulator gathered) throws Exception {
        SeriesContext context = contexts.value();
        boolean known = context != null;
        if (!known) {
            context = SeriesContext.of(spec);
            expiryTimers.registerEventTimeTimer(
                    VoidNamespace.INSTANCE, Math.max(expiry(index, null), watermark));
        } else if (!context.isEmpty()) {
            forecastSilence(series, context, index - 1);
        }
        Change change = merge(context, index, gathered);
        if (change == Change.STARTED && known) {
            counts.restarts.inc();
        }
        contexts.update(context);
        watchForSilence(context);
        forecast(series, context);
    }

    /**
     * Keeps what is open of the current series, and sees to it that it is closed. Of a series that
     * is behind the watermark it stays known when it last sent something.
     */
    private void keep(OpenTicks open) throws IOException {
        if (!open.isEmpty()) {
            long next = closing.nextTime(open, watermark);
            if (open.timerAt() != next) {
                open.timerAt(next);
                openTimers.registerEventTimeTimer(VoidNamespace.INSTANCE, next);
            }
            opens.update(open);
        } else if (open.nextEnd() > lastMilli(head(contexts.value()))) {
            opens.update(open);
        } else {
            opens.clear();
        }
    }

    /** Closes what is over of the current series now that the watermark has moved on. */
    private void closeOver(String series, OpenTicks open) throws Exception {
        if (open != null) {
            closeThrough(series, open, closing.over(open, watermark));
            keep(open);
        }
    }

    /**
     * The watermark at which a series is forgotten if nothing more comes of it: so long after its
     * last tick or, where it is behind the watermark, after it last sent something.
     *
     * @param open null where it is not behind and has no open ticks
     */
    private long expiry(long lastTick, OpenTicks open) {
        long ended = lastMilli(lastTick + idleExpiryTicks);
        return open == null || open.nextEnd() == OpenTicks.NONE
                ? ended
                : Math.max(ended, open.nextEnd() + idleExpiryTicks * spec.tickMillis());
    }

    /**
     * Forecasts the empty ticks after the head, up to the given one: all of them where an empty
     * tick of a living series has a value, else for as many ticks as is asked for.
     */
    private void forecastSilence(String series, SeriesContext context, long end) {
        long last =
                context.emptyTick().hasValue()
                        ? end
                        : Math.min(
                                end,
                                context.lastObservedTick() + settings.silence().forecastTicks());
        while (!context.isEmpty() && context.headTick() < last) {
            context.advanceTo(context.headTick() + 1);
            if (!context.isEmpty()) {
                forecast(series, context);
            }
        }
    }

    private void forecast(String series, SeriesContext context) {
        counts.ticks.inc();
        long head = context.headTick();
        if (!keptFrom.from().includes(series, head, lastMilli(head))) {
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
        watermark = mark.getTimestamp();
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
        if (statusLog != null) {
            statusLog.close();
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
        if (context.emptyTick().hasValue()
                || context.headTick() - context.lastObservedTick()
                        < settings.silence().forecastTicks()) {
            silenceTimers.registerEventTimeTimer(
                    VoidNamespace.INSTANCE, lastMilli(context.headTick() + 1));
        }
    }

    /** Closes ticks of series that are ahead of the watermark or behind it. */
    private final class Open implements Triggerable<String, VoidNamespace> {
        @Override
        public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
            OpenTicks open = opens.value();
            if (open != null && open.timerAt() == timer.getTimestamp()) {
                open.timerAt(OpenTicks.NONE);
                closeOver(timer.getKey(), open);
            }
        }

        @Override
        public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
            throw new IllegalStateException("ticks are over in event time only");
        }
    }

    /** Forgets series that stayed silent for too long. */
    private final class Expiry implements Triggerable<String, VoidNamespace> {
        @Override
        public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
            closeOver(timer.getKey(), opens.value());
            OpenTicks open = opens.value();
            SeriesContext context = contexts.value();
            long due = due(context, open);
            if (timer.getTimestamp() < due) {
                expiryTimers.registerEventTimeTimer(VoidNamespace.INSTANCE, due);
                return;
            }
            if (!context.isEmpty() && !inputEnded) {
                forecastSilence(timer.getKey(), context, tickEnding(timer.getTimestamp()));
            }
            contexts.clear();
            opens.clear();
            pending.release(timer.getKey());
            counts.expiredSeries.inc();
        }

        /** When the series has been silent for too long if nothing more comes of it. */
        private long due(SeriesContext context, OpenTicks open) {
            if (open != null && !open.isEmpty()) {
                return expiry(open.oldest(), open);
            }
            return context.isEmpty() ? OpenTicks.NONE : expiry(context.lastObservedTick(), open);
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
            closeOver(timer.getKey(), opens.value());
            OpenTicks open = opens.value();
            if (open != null && open.isLively() && !inputEnded) {
                silenceTimers.registerEventTimeTimer(VoidNamespace.INSTANCE, open.nextEnd());
                return;
            }
            SeriesContext context = contexts.value();
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
