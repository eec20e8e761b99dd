package io.tickformer.job;

import io.tickformer.event.Observation;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.metrics.Counter;

/** Counts the observations that were too late to count, as metric {@code lateObservations}. */
final class LateCounter extends RichMapFunction<Observation, Observation> {
    private static final long serialVersionUID = 1L;

    private transient Counter late;

    @Override
    public void open(OpenContext context) {
        late = getRuntimeContext().getMetricGroup().counter("lateObservations");
    }

    @Override
    public Observation map(Observation observation) {
        late.inc();
        return observation;
    }
}
