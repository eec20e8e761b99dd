package io.tickformer.benchmark.jmh;

import io.tickformer.lab.bench.BenchModel;
import io.tickformer.context.ContextBlock;
import io.tickformer.context.ContextHead;
import io.tickformer.context.ContextStore;
import io.tickformer.spec.ForecastSpec;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/** What a tick writes and reads of a context where the state lies on disk: head and a block. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StateBenchmark {
    private final ForecastSpec spec = BenchModel.STREAMING.spec();
    private final DataOutputSerializer out = new DataOutputSerializer(1 << 10);
    private final DataInputDeserializer in = new DataInputDeserializer();
    private final Kept kept = new Kept();
    private ContextBlock block;
    private byte[] written;

    @Setup
    public void setUp() throws IOException {
        new Contexts().full(spec).writeTo(kept);
        // The first is whole, as hardly any is that a tick writes.
        block = kept.blocks.get(0L);
        write();
        written = out.getCopyOfBuffer();
    }

    @Benchmark
    public int write() throws IOException {
        out.clear();
        kept.head.writeTo(out);
        block.writeTo(out);
        return out.length();
    }

    @Benchmark
    public ContextBlock read() throws IOException {
        in.setBuffer(written);
        ContextHead.readFrom(in);
        return ContextBlock.readFrom(in);
    }

    /** Keeps head and blocks as they are. */
    private static final class Kept implements ContextStore {
        private final Map<Long, ContextBlock> blocks = new HashMap<>();
        private ContextHead head;

        @Override
        public ContextHead head() {
            return head;
        }

        @Override
        public ContextBlock block(long number) {
            return blocks.get(number);
        }

        @Override
        public Iterable<Map.Entry<Long, ContextBlock>> blocks() {
            return List.copyOf(blocks.entrySet());
        }

        @Override
        public void putHead(ContextHead newHead) {
            head = newHead;
        }

        @Override
        public void putBlock(long number, ContextBlock newBlock) {
            blocks.put(number, newBlock);
        }

        @Override
        public void removeBlock(long number) {
            blocks.remove(number);
        }

        @Override
        public void clearBlocks() {
            blocks.clear();
        }
    }
}
