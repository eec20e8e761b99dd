package io.tickformer.operator;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Anomaly;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastEvent;
import io.tickformer.event.ForecastEventKind;
import io.tickformer.event.ForecastScore;
import io.tickformer.event.TickPiece;
import io.tickformer.forecaster.PendingForecast;
import io.tickformer.forecaster.SeriesLifecycle;
import io.tickformer.forecaster.TickClosing;
import io.tickformer.inference.EvaluationMode;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.OnnxRuntimeUnloader;
import io.tickformer.monitoring.JobGauge;
import io.tickformer.monitoring.MonitoringSettings;
import io.tickformer.monitoring.SubtaskStatusLog;
import io.tickformer.spec.ForecastSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.core.memory.ManagedMemoryUseCase;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.runtime.memory.MemoryReservationException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.InternalTimeServiceManager;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;
import org.slf4j.LoggerFactory;

/**
 * Forecasts every series at every tick. {@link SeriesLifecycle} keeps the context of each series in
 * keyed state, {@link MicroBatcher} collects contexts of many series, and {@link ForecastEngine}
 * runs the model over them. This class connects them to Flink.
 *
 * <p>The input are pieces of ticks. {@link TickClosing} says when a tick is over: it is then
 * appended to the context of its series, and forecast. A piece of a tick that the context holds
 * already revises it, and the next forecast sees it. A piece of a tick that is older than the
 * context goes to {@link TooOldOutput#TOO_OLD}. The timestamp of a forecast is the last millisecond
 * of its tick.
 *
 * <p>The state of a series changes when its tick arrives; only the forecast waits, with its context
 * encoded, in the micro-batch. What happens to the micro-batch:
 *
 * <ul>
 *   <li><b>Full, or older than the linger</b>: the model runs, and the forecasts are emitted in the
 *       order of their ticks. So the order within a series is kept. {@link AdaptiveBatchSize} says
 *       when it is full.
 *   <li><b>Watermark</b>: the micro-batch is flushed before the watermark is forwarded. A tick
 *       arrives before the watermark that ends it, so no forecast is late.
 *   <li><b>Checkpoint barrier</b>: it is flushed before the barrier is forwarded. So its forecasts
 *       belong to the checkpoint that holds their contexts, and it is not part of the state.
 *   <li><b>End of input, or idle input</b>: it is flushed before that is forwarded.
 *   <li><b>Failure</b>: it is dropped. Its ticks came after the last checkpoint, so the source
 *       sends them again, and the same contexts give the same forecasts.
 * </ul>
 *
 * <p><b>Feedback.</b> A tick that comes due is compared to the forecasts made for it, and the next
 * forecasts follow from that: see {@link KeyedFeedback}.
 *
 * <p><b>The past.</b> Ticks before the settings' {@link ForecastTickFilter} enter their context and
 * are not forecast.
 *
 * <p><b>Cache.</b> The engine keeps the keys and values of each series off heap, in the operator's
 * share of managed memory. They are no state: after a restart, a rescale or a late revision the
 * same forecasts are computed from the whole context.
 */
final class ForecastOperator extends AbstractStreamOperator<Forecast>
        implements OneInputStreamOperator<TickPiece, Forecast>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private final transient byte[] onnx;
    private final transient ForecastSpec foreign;
    private final ForecastOperatorSettings settings;
    private final MonitoringSettings monitoring;

    private transient ForecastTickFilterState from;
    private transient PartlyReadTickState partlyRead;
    private transient boolean isRestored;
    private transient ForecastMetrics forecastMetrics;
    private transient SubtaskStatusLog statusLog;
    private transient MicroBatcher batcher;

    private transient SideOutputs sideOutputs;
    private transient FeedbackRecords reports;

    /** Null if no part of the feedback is on. */
    private transient KeyedFeedback feedback;

    private transient ForecastSpec spec;
    private transient KeyedTimers timers;
    private transient SeriesLifecycle lifecycle;

    ForecastOperator(
            StreamOperatorParameters<Forecast> parameters,
            byte[] onnx,
            ForecastSpec foreign,
            ForecastOperatorSettings settings,
            MonitoringSettings monitoring) {
        super(parameters);
        this.onnx = onnx;
        this.foreign = foreign;
        this.settings = settings;
        this.monitoring = monitoring;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        isRestored = context.isRestored();
        from =
                ForecastTickFilterState.of(
                        context.getOperatorStateStore(),
                        isRestored,
                        settings.from(),
                        getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
        partlyRead =
                PartlyReadTickState.of(
                        context.getOperatorStateStore(),
                        isRestored,
                        settings.whole(),
                        getProcessingTimeService().getCurrentProcessingTime());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        from.snapshot(timers.currentWatermark(), spec.tickMillis());
        partlyRead.snapshot();
    }

    @Override
    public void open() throws Exception {
        super.open();
        getRuntimeContext()
                .registerUserCodeClassLoaderReleaseHookIfAbsent(
                        "onnxruntime", OnnxRuntimeUnloader::release);
        forecastMetrics = new ForecastMetrics(getMetricGroup());
        boolean isFeedback = settings.feedback().keepsState();
        ForecastEngine engine =
                ForecastEngine.open(
                        onnx,
                        foreign,
                        isFeedback ? settings.withEmitted(allLevels()) : settings,
                        this::cacheMemory,
                        forecastMetrics,
                        getProcessingTimeService().getClock(),
                        new ModelHealth());
        spec = engine.spec();
        sideOutputs = new SideOutputs();
        reports = new FeedbackRecords(spec.tickMillis(), settings.feedback(), sideOutputs);
        feedback = isFeedback ? new KeyedFeedback(this, spec, settings, this::emit, reports) : null;
        batcher =
                new MicroBatcher(
                        engine, settings.microBatch(), getProcessingTimeService(), new Emission());
        forecastMetrics.watch(batcher::cache);
        forecastMetrics.watch(reports.coverage());
        statusLog =
                SubtaskStatusLog.start(
                        getProcessingTimeService(),
                        LoggerFactory.getLogger(ForecastOperator.class),
                        getRuntimeContext().getTaskInfo().getTaskNameWithSubtasks(),
                        monitoring,
                        forecastMetrics.counters(),
                        () -> Map.of(JobGauge.WATERMARK, combinedWatermark.getCombinedWatermark()));
        timers = new KeyedTimers(this);
        lifecycle =
                new SeriesLifecycle(
                        spec,
                        new TickClosing(
                                settings.ticks().times(spec.tickMillis()),
                                spec.channelCount(),
                                isRestored),
                        settings.silence().expiryTicks(spec.ringTicks()),
                        settings.silence().forecastTicks(),
                        new KeyedSeriesStore(getKeyedStateStore(), spec),
                        timers,
                        new Forecasting());
        timers.handleBy(lifecycle);
    }

    /** Feedback needs all levels of the model; it emits those that the settings select. */
    private ForecastSelection allLevels() {
        return new ForecastSelection(settings.engine().emitted().horizon(), List.of());
    }

    private CacheMemory cacheMemory() throws MemoryReservationException {
        EngineSettings engine = settings.engine();
        if (!engine.usesManagedMemory()) {
            return CacheMemory.ofOwn(
                    engine.mode() == EvaluationMode.FULL ? 0 : engine.cacheBytes());
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
        if (partlyRead.ticks().takes(piece.index(), spec.tickMillis(), spec.aggregate())) {
            lifecycle.process(piece);
        } else {
            forecastMetrics.partialReadings.inc(piece.gathered().count());
        }
    }

    private void emit(Forecast forecast) {
        forecastMetrics.issued(forecast.quality());
        output.collect(new StreamRecord<>(forecast, lastMilli(forecast.tickIndex())));
    }

    /** Returns the last millisecond of a tick, in event time. */
    private long lastMilli(long tick) {
        return (tick + 1) * spec.tickMillis() - 1;
    }

    /** Flushes, and forecasts with another model of the same spec from then on. */
    void exchangeModel(byte[] other) throws MemoryReservationException {
        batcher.exchange(other, foreign);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        lifecycle.advance(mark.getTimestamp());
        Optional<InternalTimeServiceManager<?>> timers = getTimeServiceManager();
        if (timers.isPresent()) {
            // Timers fire here and not in super, so that their forecasts are flushed with the
            // others before super forwards the watermark.
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

    /** Emits everything that waits. */
    private void flush() {
        batcher.flush();
        reports.emitGathered();
    }

    @Override
    public void close() throws Exception {
        // Each is null if open() failed before it was set.
        if (statusLog != null) {
            statusLog.close();
        }
        if (batcher != null) {
            batcher.close();
        }
        super.close();
    }

    /** The metrics, once open. */
    ForecastMetrics metrics() {
        return forecastMetrics;
    }

    /** The micro-batch and its engine, once open. */
    MicroBatcher batcher() {
        return batcher;
    }

    /** Forecasts the ticks of the series, and keeps the cache up to date. */
    private final class Forecasting implements SeriesLifecycle.Listener {
        @Override
        public void appended(String series, SeriesContext context) {
            forecastMetrics.ticks.inc();
            long tick = context.headTick();
            if (from.from().includes(series, tick, lastMilli(tick))) {
                batcher.add(
                        feedback == null
                                ? new PendingForecast(series, tick, List.of(), List.of())
                                : feedback.waiting(series, context),
                        context);
            } else {
                forecastMetrics.ticksNotForecast.inc();
            }
        }

        @Override
        public void restarted(String series) {
            forecastMetrics.restarts.inc();
        }

        @Override
        public void revised(TickPiece piece, SeriesContext context) {
            forecastMetrics.lateRevised.inc(piece.gathered().count());
            String series = piece.series();
            batcher.forget(series);
            if (feedback != null) {
                issueWaiting(series);
                feedback.revise(series, piece.index(), context);
            }
        }

        /** What happens to the feedback of a series happens after its ticks that wait. */
        private void issueWaiting(String series) {
            if (batcher.isWaiting(series)) {
                batcher.flush();
            }
        }

        @Override
        public void tooOld(TickPiece piece) {
            forecastMetrics.lateTooOld.inc(piece.gathered().count());
            output.collect(TooOldOutput.TOO_OLD, new StreamRecord<>(piece));
        }

        @Override
        public void expired(String series) {
            forecastMetrics.expiredSeries.inc();
            batcher.release(series);
            if (feedback != null) {
                issueWaiting(series);
                feedback.clear();
            }
        }
    }

    /** Gives what leaves the micro-batch to the feedback, or emits it as it is. */
    private final class Emission implements MicroBatcher.Output {
        @Override
        public void issued(PendingForecast tick, Forecast[] forecasts) {
            if (feedback != null) {
                feedback.issue(tick, forecasts);
                return;
            }
            for (Forecast forecast : forecasts) {
                if (forecast != null) {
                    emit(forecast);
                }
            }
        }

        @Override
        public void flushed() {
            if (feedback != null) {
                feedback.flushed();
            }
        }
    }

    /** Says what becomes of the model's calls. */
    private final class ModelHealth implements ForecastEngine.HealthListener {
        @Override
        public void failed(long tick, String reason) {
            event(tick, ForecastEventKind.MODEL_FAILED, "A call of the model failed: " + reason);
        }

        @Override
        public void recovered(long tick) {
            event(tick, ForecastEventKind.MODEL_RECOVERED, "The model works again.");
        }

        private void event(long tick, ForecastEventKind kind, String text) {
            sideOutputs.event(ForecastEvent.of("", tick, spec.tickMillis(), kind, text, Map.of()));
        }
    }

    /** Emits and counts what the feedback finds. */
    private final class SideOutputs implements FeedbackRecords.Output {
        @Override
        public void score(ForecastScore score) {
            collect(FeedbackOutputs.SCORES, score, score.tickIndex());
        }

        @Override
        public void anomaly(Anomaly anomaly, boolean isNew) {
            forecastMetrics.anomalies.inc(isNew ? 1 : 0);
            collect(FeedbackOutputs.ANOMALIES, anomaly, anomaly.tickIndex());
        }

        @Override
        public void event(ForecastEvent event) {
            collect(FeedbackOutputs.EVENTS, event, event.tickIndex());
        }

        @Override
        public void drift(DriftReport report) {
            collect(FeedbackOutputs.DRIFT_REPORTS, report, report.tick());
        }

        private <T> void collect(OutputTag<T> tag, T value, long tick) {
            output.collect(tag, new StreamRecord<>(value, lastMilli(tick)));
        }
    }
}
