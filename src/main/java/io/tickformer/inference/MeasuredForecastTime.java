package io.tickformer.inference;

import io.tickformer.annotation.Internal;
import io.tickformer.context.SeriesContext;
import io.tickformer.inference.incremental.CacheOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * The time of a forecast on this machine. It includes all that a job does for a forecast: encoding
 * the context, running the model on one thread, and denormalising the answer. If a model mixes
 * channels, the forecasts of all channels of a record count as one.
 *
 * @param microBatch forecasts computed in one call of the model
 * @param isIncremental whether they are computed incrementally, with a cache
 * @param micros microseconds per forecast, the median over several calls
 */
@Internal
public record MeasuredForecastTime(int microBatch, boolean isIncremental, double micros) {
    private static final int MOST_CALLS = 2_000;
    private static final int FEWEST_CALLS = 3;
    private static final long WARM_UP_NANOS = 100_000_000L;
    private static final long NANOS = 300_000_000L;
    private static final double NANOS_A_MICRO = 1e3;

    /**
     * Measures a model on full contexts, for a few tenths of a second after a warm-up, or for three
     * calls if they take longer.
     *
     * @param microBatch forecasts in one call, at least 1
     * @param nanoTime the clock, as {@link System#nanoTime}
     */
    public static MeasuredForecastTime measure(
            ForecastModel model, int microBatch, LongSupplier nanoTime) {
        try (MicroBatch batch = model.newMicroBatch(microBatch, ForecastSelection.ALL)) {
            return measure(model, batch, microBatch, false, nanoTime);
        }
    }

    /**
     * Measures a model incrementally, with a cache that has room for all series.
     *
     * @return empty if the model cannot be evaluated incrementally
     */
    public static Optional<MeasuredForecastTime> measureIncremental(
            ForecastModel model, int microBatch, LongSupplier nanoTime) {
        if (model.objectionToIncremental().isPresent()) {
            return Optional.empty();
        }
        CacheOptions cache = CacheOptions.direct(microBatch * model.cacheBytesPerSeries());
        try (MicroBatch batch =
                model.newIncrementalMicroBatch(microBatch, ForecastSelection.ALL, cache)) {
            return Optional.of(measure(model, batch, microBatch, true, nanoTime));
        }
    }

    private static MeasuredForecastTime measure(
            ForecastModel model,
            MicroBatch batch,
            int microBatch,
            boolean isIncremental,
            LongSupplier nanoTime) {
        List<SeriesContext> contexts = fullContexts(model, microBatch);
        if (isIncremental) {
            // Fills all phases of the cache.
            for (int tick = 0; tick < model.spec().network().patchLength(); tick++) {
                call(batch, contexts);
            }
        }
        measure(batch, contexts, WARM_UP_NANOS, nanoTime);
        double[] nanos = measure(batch, contexts, NANOS, nanoTime);
        Arrays.sort(nanos);
        return new MeasuredForecastTime(
                microBatch, isIncremental, nanos[nanos.length / 2] / microBatch / NANOS_A_MICRO);
    }

    /** Nanoseconds of each call. */
    private static double[] measure(
            MicroBatch batch, List<SeriesContext> contexts, long budget, LongSupplier nanoTime) {
        double[] nanos = new double[MOST_CALLS];
        int calls = 0;
        long start = nanoTime.getAsLong();
        long before = start;
        while (calls < MOST_CALLS && (calls < FEWEST_CALLS || before - start < budget)) {
            call(batch, contexts);
            long after = nanoTime.getAsLong();
            nanos[calls++] = after - before;
            before = after;
        }
        return Arrays.copyOf(nanos, calls);
    }

    /** Adds one tick to every series and computes its forecast. */
    private static void call(MicroBatch batch, List<SeriesContext> contexts) {
        for (int row = 0; row < contexts.size(); row++) {
            SeriesContext context = contexts.get(row);
            context.update(context.headTick() + 1, newest(context));
            batch.add(Integer.toString(row), context);
        }
        batch.run();
        for (int row = 0; row < contexts.size(); row++) {
            batch.forecasts(row, "", forecast -> {});
        }
        batch.clear();
    }

    /** Repeats the oldest tick of the ring, because the values do not change the cost. */
    private static double[] newest(SeriesContext context) {
        double[] values = new double[context.channels()];
        long oldest = context.headTick() - context.ringTicks() + 1;
        Arrays.setAll(values, channel -> context.valueAt(oldest, channel));
        return values;
    }

    /** Makes contexts of seeded noise, because zeros might cost less. */
    private static List<SeriesContext> fullContexts(ForecastModel model, int series) {
        List<SeriesContext> contexts = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < series; i++) {
            SeriesContext context = SeriesContext.of(model.spec());
            double[] values = new double[context.channels()];
            for (int tick = 0; tick < context.ringTicks(); tick++) {
                Arrays.setAll(values, channel -> 100 + random.nextGaussian());
                context.update(tick, values);
            }
            contexts.add(context);
        }
        return contexts;
    }
}
