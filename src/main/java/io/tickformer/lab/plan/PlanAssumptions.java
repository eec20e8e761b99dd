package io.tickformer.lab.plan;

import com.google.errorprone.annotations.FormatMethod;
import java.util.List;
import java.util.Locale;

/** The assumptions of a plan as sentences. */
final class PlanAssumptions {
    private final FleetInputs inputs;
    private final String model;
    private final String costs;
    private final String format;

    /**
     * @param model name of the model
     * @param costs source of the costs of a forecast
     * @param format of the records
     */
    PlanAssumptions(FleetInputs inputs, String model, String costs, String format) {
        this.inputs = inputs;
        this.model = model;
        this.costs = costs;
        this.format = format;
    }

    /** One sentence per assumption. */
    List<String> lines() {
        FleetInputs.ContextCosts each = inputs.costs();
        return List.of(
                "model %s; every series is forecast once a tick".formatted(model),
                text(
                        "a forecast takes %.1f µs with a cache hit and %.1f µs with a miss, in"
                                + " micro-batches of %d on one core: %s",
                        each.stepMicros(), each.prefillMicros(), MeasuredCost.MICRO_BATCH, costs),
                text(
                        "the rest of the job takes %.1f µs per forecast (--job-micros): Kafka,"
                                + " windows, state and codecs; tickformer bench pipeline measures it as"
                                + " pass-through, bench scaling with RocksDB",
                        each.jobMicros()),
                text(
                        "cores are busy for %.0f %% of the time (--utilisation) and as fast as the"
                                + " measured one; a slot is a core",
                        100 * inputs.utilisation()),
                "the work of a tick is spread over the tick; if all ticks end at once, forecasts"
                        + " wait for up to a tick",
                "contexts that fit in the cache stay there, so the hit rate is their share; late"
                        + " revisions are rare",
                text(
                        "a context takes %,d bytes of cache and %,d bytes of state, with a full"
                                + " ring and a key of %d bytes",
                        each.cacheBytes(), each.stateBytes(), RecordSizes.KEY_BYTES),
                text(
                        "a checkpoint every %s; RocksDB needs a multiple of the state on disk until"
                                + " compaction",
                        PlanText.text(inputs.checkpointInterval())),
                text(
                        "records are %s before compression and replication: %,d bytes in, with %d"
                                + " values each, and %,d bytes out, with keys, headers and framing",
                        format,
                        inputs.inputBytes(),
                        inputs.valuesPerRecord(),
                        inputs.forecastBytes()),
                text(
                        "a partition carries %.0f MB/s, and there is at least one per slot",
                        inputs.partitionBytesPerSecond() / 1e6));
    }

    @FormatMethod
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
