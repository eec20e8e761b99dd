package io.tickformer.lab.bench;

import io.tickformer.annotation.Internal;
import io.tickformer.job.RuntimeOptions.StateBackend;
import io.tickformer.spec.ForecastSpec;
import java.time.Duration;
import java.util.Map;

/**
 * A fleet and the cluster that forecasts it.
 *
 * @param onnx the model file
 * @param spec the model's spec
 * @param series number of series
 * @param backend state backend of the contexts
 * @param parallelism subtasks of the operator, one slot each
 * @param managedBytes managed memory of the cluster, for the state backend and the cache
 * @param flink additional Flink settings
 * @param measured minimum measuring time; at least one tick of each series is measured
 */
@Internal
public record FleetBenchSetup(
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
