package io.tickformer.flow;

import io.tickformer.event.Observation;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Sets the timestamp of each observation to its event time, and stores the watermark in
 * checkpoints, which Flink itself does not. A restored job would otherwise start without a
 * watermark. At first no observation would be late, windows that were closed long ago would open
 * again for a single late observation, and their ticks would be revised to its value.
 *
 * <p>The number of subtasks may change after a restart. So each subtask reads the watermarks of
 * all, and combines them as Flink does: the least of the active ones, or the greatest if all were
 * idle.
 */
final class WatermarkCheckpointOperator extends AbstractStreamOperator<Observation>
        implements OneInputStreamOperator<Observation, Observation> {
    private static final long serialVersionUID = 1L;
    private static final long NONE = Long.MIN_VALUE;

    private transient ListState<Tuple2<Long, Boolean>> kept;
    private transient long watermark;
    private transient boolean active;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        kept =
                context.getOperatorStateStore()
                        .getUnionListState(
                                new ListStateDescriptor<>(
                                        "watermark", Types.TUPLE(Types.LONG, Types.BOOLEAN)));
        watermark = NONE;
        active = true;
        if (context.isRestored()) {
            watermark = combined(kept.get());
        }
    }

    private static long combined(Iterable<Tuple2<Long, Boolean>> all) {
        long leastActive = Long.MAX_VALUE;
        long greatest = NONE;
        boolean anyActive = false;
        for (Tuple2<Long, Boolean> one : all) {
            greatest = Math.max(greatest, one.f0);
            if (one.f1) {
                anyActive = true;
                leastActive = Math.min(leastActive, one.f0);
            }
        }
        return anyActive ? leastActive : greatest;
    }

    @Override
    public void open() throws Exception {
        super.open();
        if (watermark != NONE) {
            output.emitWatermark(new Watermark(watermark));
        }
    }

    @Override
    public void processElement(StreamRecord<Observation> element) {
        // The user's source may have set none, or another one.
        element.setTimestamp(element.getValue().eventTimeMillis());
        output.collect(element);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        // The watermark at the end of input is not a time: a job restored from a savepoint there
        // may get more input.
        if (mark.getTimestamp() != Watermark.MAX_WATERMARK.getTimestamp()) {
            watermark = Math.max(watermark, mark.getTimestamp());
        }
        super.processWatermark(mark);
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        active = status.isActive();
        super.processWatermarkStatus(status);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        kept.clear();
        kept.add(Tuple2.of(watermark, active));
    }
}
