package io.tickformer.lab.bench;

import io.tickformer.job.RuntimeOptions.StateBackend;
import io.tickformer.spec.ForecastSpec;
import java.time.Duration;
import java.util.Map;

/**
 * A fleet and the cluster that forecasts it.
 *
 * @param onnx the model's file
 * @param spec the model's
 * @param series number of series
 * @param backend where their contexts are
 * @param parallelism subtasks of the operator, each a slot
 * @param managedBytes managed memory of the cluster, for the state backend and the cache
 * @param flink settings of Flink, beside what the benchmark needs
 * @param measured how long ticks are measured; always one of each series at least
 */
public record FleetPlan(
        byte[] onnx,
        ForecastSpec spec,
        int series,
        StateBackend backend,
        int parallelism,
        long managedBytes,
        Map<String, String> flink,
        Duration measured) {
    /** Bytes that the temporary folder needs: the state, and twice that while it is compacted. */
    public long diskBytes() {
        return 4L * series * (8L * spec.ringTicks() + 100) + (256L << 20);
    }
}
