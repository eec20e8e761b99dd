package io.tickformer.benchmark.jmh;

import io.tickformer.lab.bench.BenchModel;
import io.tickformer.context.SeriesContext;
import io.tickformer.inference.incremental.CacheOptions;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.MicroBatch;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.ForecastSelection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** A call of the engine, from contexts to forecasts. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EngineBenchmark {
    @Param({"1", "16", "64", "256"})
    private int microBatch;

    private final Contexts values = new Contexts();
    private ForecastModel model;
    private MicroBatch withCache;
    private MicroBatch without;
    private List<SeriesContext> contexts;

    /** Forecasts, beside calls. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Forecasts {
        public long forecasts;

        @Setup(Level.Iteration)
        public void clear() {
            forecasts = 0;
        }
    }

    @Setup
    public void setUp() {
        model = ForecastModel.open(BenchModel.STREAMING.onnx(), ExecutionProvider.CPU);
        withCache =
                model.newIncrementalMicroBatch(
                        microBatch,
                        ForecastSelection.ALL,
                        CacheOptions.direct(microBatch * model.cacheBytesPerSeries()));
        without =
                model.newIncrementalMicroBatch(
                        microBatch, ForecastSelection.ALL, CacheOptions.direct(0));
        contexts = values.full(model.spec(), microBatch);
    }

    @TearDown
    public void tearDown() {
        withCache.close();
        without.close();
        model.close();
    }

    /** The first P calls fill the cache; they are part of the warm-up. */
    @Benchmark
    public void step(Forecasts counted, Blackhole blackhole) {
        forecast(withCache, counted, blackhole);
    }

    @Benchmark
    public void prefill(Forecasts counted, Blackhole blackhole) {
        forecast(without, counted, blackhole);
    }

    private void forecast(MicroBatch batch, Forecasts counted, Blackhole blackhole) {
        for (int i = 0; i < microBatch; i++) {
            SeriesContext context = contexts.get(i);
            context.update(context.headTick() + 1, values.value());
            batch.add(Integer.toString(i), context);
        }
        batch.run();
        for (int i = 0; i < microBatch; i++) {
            blackhole.consume(batch.forecast(i, "series"));
        }
        batch.clear();
        counted.forecasts += microBatch;
    }
}
