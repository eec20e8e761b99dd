package io.tickformer.benchmark.jmh;

import io.tickformer.lab.bench.BenchModel;
import io.tickformer.context.Frame;
import io.tickformer.context.FrameHistory;
import io.tickformer.context.SeriesContext;
import io.tickformer.context.NewestTokenEncoder;
import io.tickformer.context.TokenEncoder;
import io.tickformer.spec.ForecastSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;

/** From a context to the inputs of the model. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EncodingBenchmark {
    private final Contexts contexts = new Contexts();
    private SeriesContext context;
    private FrameHistory trail;
    private TokenEncoder full;
    private NewestTokenEncoder step;
    private FloatBuffer values;
    private FloatBuffer observed;
    private FloatBuffer features;
    private FloatBuffer present;

    @Setup
    public void setUp() {
        ForecastSpec spec = BenchModel.STREAMING.spec();
        context = contexts.full(spec);
        trail = new FrameHistory(spec);
        trail.restart(context);
        trail.advance(context);
        full = new TokenEncoder(spec);
        step = new NewestTokenEncoder(spec);
        values = floats(spec.tokens() * spec.tokenValues());
        observed = floats(spec.tokens() * spec.tokenValues());
        features = floats(spec.tokens() * spec.tokenFeatures());
        present = floats(spec.tokens());
    }

    private static FloatBuffer floats(int count) {
        return ByteBuffer.allocateDirect(count * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    @Benchmark
    public List<Frame> full() {
        rewind();
        return full.encode(context, values, observed, features, present);
    }

    @Benchmark
    public List<Frame> step() {
        rewind();
        context.update(context.headTick() + 1, contexts.value());
        return step.encode(context, trail, values, observed, features);
    }

    private void rewind() {
        values.clear();
        observed.clear();
        features.clear();
        present.clear();
    }
}
