package io.tickformer.benchmark.jmh;

import io.tickformer.lab.bench.BenchModel;
import io.tickformer.event.Forecast;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.MicroBatch;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.spec.ForecastSpec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** From the model's answer to a forecast in the series' own unit. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AnswerBenchmark {
    private static final int HORIZON = 96;

    private ForecastModel model;
    private MicroBatch batch;

    @Setup
    public void setUp() {
        ForecastSpec spec = ForecastSpec.streaming().tickMillis(1_000).patchLength(16).attentionWindow(12).horizon(HORIZON).layers(1).width(4).heads(1).feedForwardWidth(4).build();
        model = ForecastModel.open(BenchModel.onnx(spec), ExecutionProvider.CPU);
        batch = model.newMicroBatch(1, ForecastSelection.ALL);
        batch.add(new Contexts().full(spec));
        batch.run();
    }

    @TearDown
    public void tearDown() {
        batch.close();
        model.close();
    }

    @Benchmark
    public Forecast denormalise() {
        return batch.forecast(0, "series");
    }
}
