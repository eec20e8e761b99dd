package io.tickformer.benchmark.jmh;

import io.tickformer.cli.bench.BenchModel;
import io.tickformer.context.SeriesContext;
import io.tickformer.spec.ForecastSpec;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A context to bytes and back, as a state backend on disk asks for at every tick. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StateBenchmark {
    private final ForecastSpec spec = BenchModel.STREAMING.spec();
    private final DataOutputSerializer out = new DataOutputSerializer(1 << 13);
    private final DataInputDeserializer in = new DataInputDeserializer();
    private SeriesContext context;
    private byte[] written;

    @Setup
    public void setUp() throws IOException {
        context = new Contexts().full(spec);
        context.writeTo(out);
        written = out.getCopyOfBuffer();
    }

    @Benchmark
    public int write() throws IOException {
        out.clear();
        context.writeTo(out);
        return out.length();
    }

    @Benchmark
    public SeriesContext read() throws IOException {
        in.setBuffer(written);
        return SeriesContext.readFrom(in, spec.contextLength(), 1, spec.normalisation());
    }
}
