package io.tickformer.flow;

import io.tickformer.event.Observation;
import io.tickformer.event.Tick;
import io.tickformer.monitoring.JobCounter;
import io.tickformer.monitoring.JobMetric;
import io.tickformer.monitoring.OperatorCounters;
import io.tickformer.serialization.ObservationSerializer;
import java.util.stream.Stream;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the number of series with state. It runs before the windows, because these have state of a
 * series too, and it is keyed as they are, so admitted observations stay on their subtask.
 *
 * <p>A series is admitted at its first observation if the limit allows it, and stays admitted as
 * long as a later operator has state of it. While the subtask is full, observations of other series
 * go to a side output and leave no state, so a flood of keys costs no memory. Admitted series are
 * not affected. A silent series is released when its context expires.
 *
 * <p>The state of a series is the event time until which it is admitted. It is updated only when it
 * has advanced by {@link #STEPS a fraction} of the expiry time, so an observation costs a read and
 * rarely a write.
 *
 * <p>A subtask counts its own series, and its share of the limit is proportional to its key groups.
 * After a restore it counts the series in its state, for any earlier parallelism. Admitted series
 * stay admitted, even if they exceed the share.
 *
 * <p>A series that is behind the watermark stays admitted for the same time after its last
 * observation, measured by the watermark.
 */
final class SeriesAdmissionOperator extends AbstractStreamOperator<Observation>
        implements OneInputStreamOperator<Observation, Observation>,
                Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(SeriesAdmissionOperator.class);

    /** Observations of series that were not admitted. */
    static final OutputTag<Observation> REFUSED =
            new OutputTag<>("refused", ObservationSerializer.TYPE);

    /** Name of the state, and of its timers. */
    private static final String HELD_UNTIL = "held-until";

    private static final int STEPS = 16;

    private final SeriesLimit cap;
    private final long tickMillis;

    private transient ValueState<Long> heldUntil;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient OperatorCounters counters;
    private transient long share;
    private transient long step;
    private transient long held;
    private transient boolean hasWarned;

    /**
     * @param tickMillis length of a tick
     */
    SeriesAdmissionOperator(SeriesLimit cap, long tickMillis) {
        this.cap = cap;
        this.tickMillis = tickMillis;
    }

    @Override
    public void open() throws Exception {
        super.open();
        TaskInfo task = getRuntimeContext().getTaskInfo();
        int groups = task.getMaxNumberOfParallelSubtasks();
        KeyGroupRange own =
                KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
                        groups, task.getNumberOfParallelSubtasks(), task.getIndexOfThisSubtask());
        share = cap.share(own.getStartKeyGroup(), own.getEndKeyGroup(), groups);
        step = Math.max(tickMillis, cap.held().toMillis() / STEPS);
        heldUntil =
                getKeyedStateStore().getState(new ValueStateDescriptor<>(HELD_UNTIL, Types.LONG));
        timers = getInternalTimerService(HELD_UNTIL, VoidNamespaceSerializer.INSTANCE, this);
        held = count();
        counters = new OperatorCounters(getMetricGroup(), JobCounter.REFUSED_READINGS);
        Gauge<Long> atMost = () -> cap.isNone() ? 0 : share;
        getMetricGroup().gauge(JobMetric.SERIES_HELD.metric(), (Gauge<Long>) () -> held);
        getMetricGroup().gauge(JobMetric.SERIES_AT_MOST.metric(), atMost);
    }

    private long count() {
        try (Stream<String> keys =
                this.<String>getKeyedStateBackend().getKeys(HELD_UNTIL, VoidNamespace.INSTANCE)) {
            return keys.count();
        }
    }

    @Override
    public void processElement(StreamRecord<Observation> element) throws Exception {
        if (cap.isNone() || isAdmitted(element.getValue())) {
            output.collect(element);
        } else {
            counters.inc(JobCounter.MAX_SERIES);
            warn();
            output.collect(REFUSED, element);
        }
    }

    private boolean isAdmitted(Observation observation) throws Exception {
        long end = (Tick.indexOf(observation.eventTimeMillis(), tickMillis) + 1) * tickMillis - 1;
        long until = Math.max(end, timers.currentWatermark()) + cap.held().toMillis() + step;
        Long known = heldUntil.value();
        if (known != null) {
            if (until - known >= step) {
                heldUntil.update(until);
            }
            return true;
        }
        if (held >= share) {
            return false;
        }
        held++;
        heldUntil.update(until);
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, until);
        return true;
    }

    private void warn() {
        if (!hasWarned) {
            hasWarned = true;
            LOG.warn(
                    "{} series have state, this subtask's share of the limit of {}; observations of"
                            + " further series are refused until the state of others expires",
                    held,
                    cap.limit());
        }
    }

    /** Checks whether the series is silent. */
    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        Long until = heldUntil.value();
        if (until > timer.getTimestamp()) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, until);
        } else {
            heldUntil.clear();
            held--;
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("series are released in event time only");
    }

    /** The number of admitted series. */
    long held() {
        return held;
    }
}
