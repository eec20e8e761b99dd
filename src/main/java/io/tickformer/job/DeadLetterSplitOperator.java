package io.tickformer.job;

import io.tickformer.event.Observation;
import io.tickformer.kafka.deadletter.DeadLetter;
import io.tickformer.kafka.deadletter.DeadLetterSerializer;
import io.tickformer.kafka.decode.Decoded;
import io.tickformer.monitoring.JobCounter;
import io.tickformer.monitoring.MonitoringSettings;
import io.tickformer.monitoring.OperatorCounters;
import io.tickformer.monitoring.SubtaskStatusLog;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards observations, and emits dead letters to a side output. It counts both, and logs the
 * status of a source subtask.
 */
final class DeadLetterSplitOperator extends AbstractStreamOperator<Observation>
        implements OneInputStreamOperator<Decoded, Observation> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterSplitOperator.class);

    static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", DeadLetterSerializer.TYPE);

    private final MonitoringSettings monitoring;
    private transient OperatorCounters counters;
    private transient SubtaskStatusLog statusLog;

    DeadLetterSplitOperator(MonitoringSettings monitoring) {
        this.monitoring = monitoring;
    }

    @Override
    public void open() throws Exception {
        super.open();
        counters =
                new OperatorCounters(
                        getMetricGroup(), JobCounter.OBSERVATIONS, JobCounter.DEAD_LETTERS);
        statusLog =
                SubtaskStatusLog.start(
                        getProcessingTimeService(),
                        LOG,
                        "source " + getRuntimeContext().getTaskInfo().getTaskNameWithSubtasks(),
                        monitoring,
                        counters,
                        Map::of);
    }

    @Override
    public void processElement(StreamRecord<Decoded> element) {
        if (element.getValue() instanceof Decoded.Observed observed) {
            counters.inc(JobCounter.OBSERVATIONS);
            output.collect(element.replace(observed.observation()));
        } else if (element.getValue() instanceof Decoded.Rejected rejected) {
            DeadLetter letter = rejected.deadLetter();
            counters.inc(letter.reason().count());
            output.collect(DEAD_LETTERS, element.replace(letter));
        }
    }

    @Override
    public void close() throws Exception {
        if (statusLog != null) {
            statusLog.close();
        }
        super.close();
    }
}
