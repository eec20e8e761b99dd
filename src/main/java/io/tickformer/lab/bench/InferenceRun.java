package io.tickformer.lab.bench;

import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.MicroBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Measures the cases at one micro-batch size in turns. Each round measures every case and the
 * matrix product, so that disturbances of the machine affect all of them.
 */
final class InferenceRun implements AutoCloseable {
    /** Calls of the vanilla case in a round: one call with a large micro-batch takes seconds. */
    private static final int VANILLA_CALLS = 1;

    private static final int PEAK_CALLS = 4;

    private final InferenceCase ofCase;
    private final MicroBatch batch;
    private final EngineWorkload load;
    private final int size;
    private final int calls;
    private final List<EngineWorkload.Cost> costs = new ArrayList<>();

    /**
     * Medians over the rounds.
     *
     * @param micros microseconds per forecast, from the context to the record
     * @param modelMicros part of it spent in calls of the model
     * @param garbageBytes allocation per forecast without its record
     * @param forecastBytes allocation of its record
     */
    record Figures(double micros, double modelMicros, long garbageBytes, long forecastBytes) {}

    /**
     * Results at one micro-batch size.
     *
     * @param peakGflops median rate of the matrix product
     */
    record Result(Map<InferenceCase, Figures> figures, double peakGflops) {
        Figures of(InferenceCase ofCase) {
            return figures.get(ofCase);
        }
    }

    private InferenceRun(InferenceCase ofCase, ForecastModel model, int size, InferencePlan plan) {
        this.ofCase = ofCase;
        this.size = size;
        int series = ofCase.isIncremental() ? Math.max(plan.series(), size) : size;
        batch = ofCase.newMicroBatch(model, size, series);
        load = new EngineWorkload(model.spec(), series, ofCase.isShuffled(), System::nanoTime);
        int forecasts = ofCase.isIncremental() ? plan.stepForecasts() : plan.fullForecasts();
        calls =
                ofCase == InferenceCase.VANILLA_FULL
                        ? VANILLA_CALLS
                        : Math.max(1, forecasts / size);
    }

    static Result run(
            Map<BenchModel, ForecastModel> models, int size, InferencePlan plan, MatMulPeak peak) {
        List<InferenceRun> runs = new ArrayList<>();
        List<Double> peaks = new ArrayList<>();
        try {
            for (InferenceCase each : InferenceCase.values()) {
                InferenceRun run = new InferenceRun(each, models.get(each.model()), size, plan);
                runs.add(run);
                run.warmUp();
            }
            for (int round = 0; round < plan.rounds(); round++) {
                for (InferenceRun run : runs) {
                    run.round();
                }
                for (int call = 0; call < PEAK_CALLS; call++) {
                    peaks.add(peak.gflops());
                }
            }
        } finally {
            runs.forEach(InferenceRun::close);
        }
        Map<InferenceCase, Figures> figures = new EnumMap<>(InferenceCase.class);
        runs.forEach(run -> figures.put(run.ofCase, run.figures()));
        return new Result(
                figures, median(peaks.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    /** Fills the cache with every phase of every series, or computes once. */
    private void warmUp() {
        if (ofCase.isIncremental()) {
            int phases = ofCase.model().spec().network().patchLength();
            load.warmUp(batch, size, phases + 1);
        } else {
            load.forecast(batch, size);
        }
    }

    private void round() {
        for (int call = 0; call < calls; call++) {
            costs.add(load.forecast(batch, size));
        }
    }

    private Figures figures() {
        return new Figures(
                median(EngineWorkload.Cost::micros),
                median(EngineWorkload.Cost::modelMicros),
                Math.round(median(cost -> (double) cost.garbageBytes() / cost.forecasts())),
                Math.round(median(cost -> (double) cost.forecastBytes() / cost.forecasts())));
    }

    private double median(ToDoubleFunction<EngineWorkload.Cost> figure) {
        return median(costs.stream().mapToDouble(figure).toArray());
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    @Override
    public void close() {
        batch.close();
    }
}
