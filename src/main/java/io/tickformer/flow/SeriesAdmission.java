package io.tickformer.flow;

import io.tickformer.event.Observation;
import io.tickformer.event.Tick;
import io.tickformer.monitoring.JobCount;
import io.tickformer.monitoring.JobCounters;
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
 * Holds the number of series that have state to a cap. It stands before the windows, since those
 * hold state of a series too, and is keyed as they are: what it lets through stays on its subtask.
 *
 * <p>A series is admitted with its first observation, if there is room, and keeps its place for as
 * long as any operator behind has state of it. While its subtask is full, the observations of a
 * series without a place go to a side output and leave no trace, so that a flood of keys costs no
 * memory; those of the others go on. A series that falls silent gives its place back when its
 * context expires.
 *
 * <p>What is kept of a series is the event time until which it has its place. It is written again
 * only once it has moved by {@link #STEPS a part} of the whole, so that an observation costs a read
 * and hardly ever a write.
 *
 * <p>A subtask counts its own series and has a share of the cap in proportion to its key groups.
 * After a restore it counts what it finds, whatever the number of subtasks was before; series that
 * have a place keep it, even where they are more than the share.
 *
 * <p>A series that is behind the watermark keeps its place for as long after its last observation
 * as any other, by the watermark.
 */
final class SeriesAdmission extends AbstractStreamOperator<Observation>
        implements OneInputStreamOperator<Observation, Observation>,
                Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(SeriesAdmission.class);

    /** Observations of series that found no room. */
    static final OutputTag<Observation> REFUSED =
            new OutputTag<>("refused", ObservationSerializer.TYPE);

    /** Name of the state, and of its timers. */
    private static final String HELD_UNTIL = "held-until";

    private static final int STEPS = 16;

    private final SeriesCap cap;
    private final long tickMillis;

    private transient ValueState<Long> heldUntil;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient JobCounters counters;
    private transient long share;
    private transient long step;
    private transient long held;
    private transient boolean hasWarned;

    /**
     * @param tickMillis length of a tick
     */
    SeriesAdmission(SeriesCap cap, long tickMillis) {
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
        counters = new JobCounters(getMetricGroup(), JobCount.REFUSED_READINGS);
        getMetricGroup().gauge("seriesHeld", (Gauge<Long>) () -> held);
        getMetricGroup().gauge("seriesAtMost", (Gauge<Long>) () -> cap.isNone() ? 0 : share);
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
            counters.inc(JobCount.MAX_SERIES);
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
                            + " other series are refused until some expire",
                    held,
                    cap.limit());
        }
    }

    /** The series may have fallen silent. */
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
        throw new IllegalStateException("places are given back in event time only");
    }

    /** Series that have a place now. */
    long held() {
        return held;
    }
}
