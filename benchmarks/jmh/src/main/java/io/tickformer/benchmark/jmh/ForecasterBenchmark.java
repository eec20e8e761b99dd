package io.tickformer.benchmark.jmh;

import io.tickformer.event.Forecast;
import io.tickformer.forecaster.Forecaster;
import io.tickformer.inference.EvaluationMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A reading of each of several series in turn, each of which ends a tick and gives a forecast. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ForecasterBenchmark {
    private static final int SERIES = 100;

    @Param({"INCREMENTAL", "FULL"})
    private EvaluationMode mode;

    /** Whether forecasts are calibrated and mixed. */
    @Param({"true", "false"})
    private boolean feedback;

    private Forecaster forecaster;
    private long tickMillis;
    private long tick;
    private int next;

    /** Fills the contexts. */
    @Setup
    public void setUp() throws IOException {
        forecaster =
                Forecaster.builder(Path.of("..", "..", "models", "meters.onnx"))
                        .mode(mode)
                        .cacheBytes(256L << 20)
                        .calibrated(feedback)
                        .mixed(feedback)
                        .build();
        tickMillis = forecaster.spec().tickMillis();
        for (int i = 0; i < SERIES * 60; i++) {
            push();
        }
    }

    @TearDown
    public void tearDown() {
        forecaster.close();
    }

    @Benchmark
    public List<Forecast> push() {
        if (next == SERIES) {
            next = 0;
            tick++;
        }
        double value = 3 + Math.sin(tick / 4.0 + next);
        return forecaster.push("series-" + next++, tick * tickMillis, value);
    }
}
