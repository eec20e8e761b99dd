package io.tickformer.lab.plan;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.MeasuredForecastTime;
import io.tickformer.inference.MicroBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * The cost of a context of a model, measured on this machine.
 *
 * @param stepMicros time of a forecast with a cache hit; that of a miss if there is no cache
 * @param prefillMicros time of a forecast with a cache miss
 */
record MeasuredCost(double stepMicros, double prefillMicros) {
    /** Forecasts per call: the job's default. */
    static final int MICRO_BATCH = 64;

    /** Measures for some seconds. */
    static MeasuredCost measure(ForecastModel model, LongSupplier nanoTime) {
        double full = MeasuredForecastTime.measure(model, MICRO_BATCH, nanoTime).micros();
        double step =
                MeasuredForecastTime.measureIncremental(model, MICRO_BATCH, nanoTime)
                        .map(MeasuredForecastTime::micros)
                        .orElse(full);
        return new MeasuredCost(step, full);
    }

    /** A forecast as the job emits it, from a full context of seeded noise. */
    static Forecast forecast(ForecastModel model, ForecastSelection emitted) {
        SeriesContext context = SeriesContext.of(model.spec());
        double[] values = new double[context.channels()];
        Random random = new Random(1);
        for (int tick = 0; tick < context.ringTicks(); tick++) {
            Arrays.setAll(values, channel -> 100 + random.nextGaussian());
            context.update(tick, values);
        }
        List<Forecast> forecasts = new ArrayList<>();
        try (MicroBatch batch = model.newMicroBatch(1, emitted)) {
            batch.add(context);
            batch.run();
            batch.forecasts(0, RecordSizes.key(), forecasts::add);
        }
        return forecasts.get(0);
    }
}
