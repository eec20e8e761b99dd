package io.tickformer.job;

import io.tickformer.event.Observation;
import io.tickformer.pulse.JobCount;
import io.tickformer.pulse.JobCounters;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Counts the observations that were too late to count, {@link JobCount#LATE_TOO_OLD}. */
final class LateCounter extends RichMapFunction<Observation, Observation> {
    private static final long serialVersionUID = 1L;

    private transient JobCounters counters;

    @Override
    public void open(OpenContext context) {
        counters = new JobCounters(getRuntimeContext().getMetricGroup(), JobCount.LATE_READINGS);
    }

    @Override
    public Observation map(Observation observation) {
        counters.inc(JobCount.LATE_TOO_OLD);
        return observation;
    }
}
