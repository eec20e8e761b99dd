package io.tickformer.benchmark.jmh;

import io.tickformer.lab.bench.BenchModel;
import io.tickformer.context.SeriesContext;
import io.tickformer.inference.incremental.CacheOptions;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.MicroBatch;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.spec.ForecastSpec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The bookkeeping of hits. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CacheBenchmark {
    private static final int SERIES = 64;

    private final Contexts values = new Contexts();
    private final String[] keys = new String[SERIES];
    private ForecastModel model;
    private MicroBatch batch;
    private SeriesContext[] contexts;

    @Setup
    public void setUp() {
        // One layer of the least width: what is left is looking up, encoding and keeping.
        ForecastSpec spec = ForecastSpec.streaming().tickMillis(1_000).patchLength(16).attentionWindow(12).horizon(24).layers(1).width(4).heads(1).feedForwardWidth(4).build();
        model = ForecastModel.open(BenchModel.onnx(spec), ExecutionProvider.CPU);
        contexts = values.full(spec, SERIES).toArray(new SeriesContext[0]);
        for (int i = 0; i < SERIES; i++) {
            keys[i] = "series-" + i;
        }
        batch =
                model.newIncrementalMicroBatch(
                        SERIES,
                        ForecastSelection.ALL,
                        CacheOptions.direct(SERIES * model.cacheBytesPerSeries()));
    }

    /** What came before is computed outside of what is timed. */
    @Setup(Level.Invocation)
    public void clear() {
        batch.clear();
        for (SeriesContext context : contexts) {
            context.update(context.headTick() + 1, values.value());
        }
    }

    @TearDown
    public void tearDown() {
        batch.close();
        model.close();
    }

    @Benchmark
    @OperationsPerInvocation(SERIES)
    public int hit() {
        for (int i = 0; i < SERIES; i++) {
            batch.add(keys[i], contexts[i]);
        }
        return batch.size();
    }
}
