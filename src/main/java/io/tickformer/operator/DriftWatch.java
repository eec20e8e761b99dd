package io.tickformer.operator;

import io.tickformer.annotation.Internal;
import io.tickformer.event.ForecastEvent;
import io.tickformer.event.ForecastEventKind;
import io.tickformer.feedback.mixture.DriftDetector;
import io.tickformer.feedback.mixture.DriftEvent;
import io.tickformer.monitoring.JobCounter;
import io.tickformer.monitoring.JobMetric;
import io.tickformer.monitoring.OperatorCounters;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices drift over all series of the job. All reports have one key. Those of a tick are summed
 * until the watermark ends the tick; then {@link DriftDetector} judges it. So the events depend on
 * the ticks and not on the order in which subtasks report. A report of a series that is behind the
 * watermark is left out.
 */
@Internal
public final class DriftWatch extends KeyedProcessFunction<Integer, DriftReport, ForecastEvent> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(DriftWatch.class);

    private final long tickMillis;
    private transient MapState<Long, DriftReport> open;
    private transient ValueState<DriftDetector> detectors;
    private transient OperatorCounters counters;

    /** Read by the threads of reporters. */
    private transient volatile boolean isDrifting;

    /**
     * @param tickMillis length of a tick
     */
    public DriftWatch(long tickMillis) {
        this.tickMillis = tickMillis;
    }

    @Override
    public void open(OpenContext context) {
        counters =
                new OperatorCounters(
                        getRuntimeContext().getMetricGroup(),
                        JobCounter.DRIFTS_BEGUN,
                        JobCounter.DRIFTS_ENDED);
        Gauge<Integer> drifting = () -> isDrifting ? 1 : 0;
        getRuntimeContext().getMetricGroup().gauge(JobMetric.DRIFTING.metric(), drifting);
        open =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "drift-reports",
                                        LongSerializer.INSTANCE,
                                        DriftReportSerializer.INSTANCE));
        detectors =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "drift-detector", DriftDetectorSerializer.INSTANCE));
    }

    @Override
    public void processElement(DriftReport report, Context context, Collector<ForecastEvent> out)
            throws Exception {
        long end = (report.tick() + 1) * tickMillis - 1;
        if (end <= context.timerService().currentWatermark()) {
            return;
        }
        DriftReport known = open.get(report.tick());
        open.put(report.tick(), known == null ? report : known.plus(report));
        if (known == null) {
            context.timerService().registerEventTimeTimer(end);
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<ForecastEvent> out)
            throws Exception {
        long tick = Math.floorDiv(time, tickMillis);
        DriftReport report = open.get(tick);
        open.remove(tick);
        DriftDetector detector = detectors.value();
        if (detector == null) {
            detector = new DriftDetector();
        }
        detector.report(tick, report.series(), report.degraded(), report.errorRatios())
                .ifPresent(
                        drift -> {
                            ForecastEvent event = event(drift);
                            LOG.warn("{}", event.text());
                            counters.inc(
                                    drift.hasBegun()
                                            ? JobCounter.DRIFTS_BEGUN
                                            : JobCounter.DRIFTS_ENDED);
                            out.collect(event);
                        });
        isDrifting = detector.isDrifting();
        detectors.update(detector);
    }

    private ForecastEvent event(DriftEvent drift) {
        Map<String, Double> evidence = new LinkedHashMap<>();
        evidence.put("series", (double) drift.series());
        evidence.put("degraded", (double) drift.degraded());
        evidence.put("usual_share", drift.usualShare());
        evidence.put("error_ratio", drift.errorRatio());
        evidence.put("log_likelihood_ratio", drift.evidence());
        return ForecastEvent.of(
                "",
                drift.tick(),
                tickMillis,
                drift.hasBegun() ? ForecastEventKind.DRIFT_BEGAN : ForecastEventKind.DRIFT_ENDED,
                "%s: %d of %d series are forecast worse than usual."
                        .formatted(
                                drift.hasBegun() ? "A drift begins" : "A drift ends",
                                drift.degraded(),
                                drift.series()),
                evidence);
    }
}
