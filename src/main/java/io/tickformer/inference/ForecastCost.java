package io.tickformer.inference;

import io.tickformer.context.SeriesContext;
import java.util.Arrays;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * How long a forecast takes on this machine, all that the job does for it included: the context
 * encoded, the model run on one thread, the answer brought back to the unit of the series. Of a
 * model that mixes channels, the forecasts of all channels of a record count as one.
 *
 * @param microBatch forecasts computed in one call of the model
 * @param micros microseconds a forecast, the median over several calls
 */
public record ForecastCost(int microBatch, double micros) {
    private static final int MOST_CALLS = 2_000;
    private static final int FEWEST_CALLS = 3;
    private static final long WARM_UP_NANOS = 100_000_000L;
    private static final long NANOS = 300_000_000L;
    private static final double NANOS_A_MICRO = 1e3;

    /**
     * Measures a model on full contexts, for some tenths of a second after some to warm up, longer
     * only where three calls take longer.
     *
     * @param microBatch forecasts in one call, at least 1
     * @param nanoTime the clock, as {@link System#nanoTime}
     */
    public static ForecastCost measure(ForecastModel model, int microBatch, LongSupplier nanoTime) {
        SeriesContext context = fullContext(model);
        try (MicroBatch batch = model.newMicroBatch(microBatch, Selection.ALL)) {
            measure(batch, context, microBatch, WARM_UP_NANOS, nanoTime);
            double[] nanos = measure(batch, context, microBatch, NANOS, nanoTime);
            Arrays.sort(nanos);
            return new ForecastCost(
                    microBatch, nanos[nanos.length / 2] / microBatch / NANOS_A_MICRO);
        }
    }

    /** Nanoseconds of each call. */
    private static double[] measure(
            MicroBatch batch, SeriesContext context, int size, long budget, LongSupplier nanoTime) {
        double[] nanos = new double[MOST_CALLS];
        int calls = 0;
        long start = nanoTime.getAsLong();
        long before = start;
        while (calls < MOST_CALLS && (calls < FEWEST_CALLS || before - start < budget)) {
            call(batch, context, size);
            long after = nanoTime.getAsLong();
            nanos[calls++] = after - before;
            before = after;
        }
        return Arrays.copyOf(nanos, calls);
    }

    private static void call(MicroBatch batch, SeriesContext context, int size) {
        for (int slot = 0; slot < size; slot++) {
            batch.add(context);
        }
        batch.run();
        for (int slot = 0; slot < size; slot++) {
            batch.forecasts(slot, "", forecast -> {});
        }
        batch.clear();
    }

    /** Seeded noise: the values do not change the cost, but all zeros might. */
    private static SeriesContext fullContext(ForecastModel model) {
        SeriesContext context = SeriesContext.of(model.spec());
        double[] values = new double[context.channels()];
        Random random = new Random(1);
        for (int tick = 0; tick < context.contextLength(); tick++) {
            Arrays.setAll(values, channel -> 100 + random.nextGaussian());
            context.update(tick, values);
        }
        return context;
    }
}
