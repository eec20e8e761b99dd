package io.tickformer.lab.plan;

import com.google.errorprone.annotations.FormatMethod;
import java.util.List;
import java.util.Locale;

/** What a plan takes for granted, in words. */
final class PlanAssumptions {
    private final FleetInputs inputs;
    private final String model;
    private final String costs;
    private final String format;

    /**
     * @param model what it is called
     * @param costs where the costs of a forecast come from
     * @param format of the records
     */
    PlanAssumptions(FleetInputs inputs, String model, String costs, String format) {
        this.inputs = inputs;
        this.model = model;
        this.costs = costs;
        this.format = format;
    }

    /** A sentence each. */
    List<String> lines() {
        FleetInputs.ContextCosts each = inputs.costs();
        return List.of(
                "model %s; every series is forecast once a tick".formatted(model),
                text(
                        "a forecast takes %.1f µs from the cache and %.1f µs without, in micro-batches"
                                + " of %d on one core: %s",
                        each.stepMicros(), each.prefillMicros(), Calibration.MICRO_BATCH, costs),
                text(
                        "all else in a job takes %.1f µs a forecast (--job-micros): Kafka, windows,"
                                + " state and codecs; tickformer bench pipeline measures it as"
                                + " pass-through, bench scaling with RocksDB",
                        each.jobMicros()),
                text(
                        "cores are busy for %.0f %% of the time (--utilisation), and as fast as the one"
                                + " measured; a slot is a core",
                        100 * inputs.utilisation()),
                "the work of a tick is spread over the tick; forecasts wait for up to that long"
                        + " where all ticks end at once",
                "contexts that have room in the cache stay there, so the hit rate is their share; late"
                        + " revisions are rare",
                text(
                        "a context takes %,d bytes of cache and %,d of state, its ring full, a key of"
                                + " %d bytes included",
                        each.cacheBytes(), each.stateBytes(), RecordSizes.KEY_BYTES),
                text(
                        "a checkpoint every %s; RocksDB keeps up to some times the state on disk before"
                                + " it is compacted",
                        PlanText.text(inputs.checkpointInterval())),
                text(
                        "records are %s, before compression and replication: %,d bytes in, with %d"
                                + " values each, and %,d out, keys, headers and framing included",
                        format,
                        inputs.inputBytes(),
                        inputs.valuesPerRecord(),
                        inputs.forecastBytes()),
                text(
                        "a partition carries %.0f MB/s, and there is one for each slot at least",
                        inputs.partitionBytesPerSecond() / 1e6));
    }

    @FormatMethod
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
