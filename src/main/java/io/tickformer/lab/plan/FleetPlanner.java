package io.tickformer.lab.plan;

import io.tickformer.lab.plan.FleetInputs.ContextCosts;
import io.tickformer.lab.plan.FleetNeeds.Compute;
import io.tickformer.lab.plan.FleetNeeds.Traffic;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes the resources of a fleet from the cost of a forecast. A pure function of its inputs.
 *
 * <p>Every series is forecast once per tick. As many contexts as fit are in the cache and stay
 * there, so the hit rate is their share; the others are recomputed. The work of a tick may be
 * spread over the whole tick: if all ticks end at once, the last forecast waits for a tick.
 */
final class FleetPlanner {
    private static final double MICROS = 1e6;
    private static final double[] SHARES = {0, 0.1, 0.25, 0.5, 0.75, 1};

    private final FleetInputs inputs;

    private FleetPlanner(FleetInputs inputs) {
        this.inputs = inputs;
    }

    /** Computes the plan. */
    static FleetNeeds plan(FleetInputs inputs) {
        return new FleetPlanner(inputs).plan();
    }

    private FleetNeeds plan() {
        double seconds = inputs.tickSeconds();
        long forAll = inputs.contexts() * inputs.costs().cacheBytes();
        Compute compute =
                compute(
                        inputs.cacheBytes() == FleetInputs.ROOM_FOR_ALL
                                ? forAll
                                : Math.min(inputs.cacheBytes(), forAll));
        long stateBytes = inputs.contexts() * inputs.costs().stateBytes();
        double interval = inputs.checkpointInterval().toNanos() / 1e9;
        double forecasts = inputs.series() / seconds;
        double records = FleetInputs.ceilDiv(inputs.series(), inputs.valuesPerRecord()) / seconds;
        Traffic input = new Traffic(records, records * inputs.inputBytes());
        Traffic output = new Traffic(forecasts, forecasts * inputs.forecastBytes());
        return new FleetNeeds(
                forecasts,
                compute,
                inputs.cores() == 0 ? Double.NaN : compute.cores() / inputs.cores(),
                forAll,
                stateBytes,
                stateBytes / interval,
                stateBytes * Math.min(1, interval / seconds) / interval,
                input,
                output,
                partitions(compute, input, output),
                choices(forAll));
    }

    private Compute compute(long cacheBytes) {
        ContextCosts costs = inputs.costs();
        long contexts = inputs.contexts();
        long resident =
                costs.cacheBytes() == 0 ? 0 : Math.min(contexts, cacheBytes / costs.cacheBytes());
        double hitRate = (double) resident / contexts;
        double ofContext =
                hitRate * costs.stepMicros()
                        + (1 - hitRate) * costs.prefillMicros()
                        + costs.jobMicros() * inputs.channels();
        double cores = contexts / inputs.tickSeconds() * ofContext / MICROS;
        long slots = Math.max(1, (long) Math.ceil(cores / inputs.utilisation()));
        return new Compute(
                cacheBytes,
                hitRate,
                ofContext / inputs.channels(),
                cores,
                slots,
                FleetInputs.ceilDiv(slots, inputs.coresPerTaskManager()));
    }

    /** At least one per slot: a subtask without a partition would read nothing. */
    private long partitions(Compute compute, Traffic input, Traffic output) {
        double most = Math.max(input.bytesPerSecond(), output.bytesPerSecond());
        return Math.max(compute.slots(), (long) Math.ceil(most / inputs.partitionBytesPerSecond()));
    }

    private List<Compute> choices(long forAll) {
        List<Compute> choices = new ArrayList<>();
        for (double share : SHARES) {
            if (share == 0 || forAll > 0) {
                choices.add(compute((long) Math.ceil(share * forAll)));
            }
        }
        return choices;
    }
}
