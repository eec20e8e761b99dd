package io.tickformer.lab.bench;

import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.MicroBatch;
import io.tickformer.inference.incremental.CacheOptions;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.window.CacheStatistics;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;

/**
 * Measures the variants of a case in turns. Each round measures every variant, so that disturbances
 * of the machine affect all of them alike.
 */
final class EngineRun implements AutoCloseable {
    /** One of this many rounds is warm-up. */
    private static final int WARM_UP = 3;

    private final EngineVariant variant;
    private final int calls;
    private final ForecastModel model;
    private final MicroBatch batch;
    private final EngineWorkload load;

    /** Off heap, as in a job: direct memory of the JVM would have a limit of its own. */
    private final List<MemorySegment> memory = new ArrayList<>();

    /** By round, the microseconds per forecast of each call. */
    private final List<double[]> rounds = new ArrayList<>();

    private CacheStatistics before = CacheStatistics.NONE;

    private EngineRun(EngineVariant variant, int forecasts) {
        this.variant = variant;
        calls = Math.max(1, Math.max(forecasts, variant.series()) / variant.microBatch());
        model = ForecastModel.open(BenchModel.onnx(variant.spec()), ExecutionProvider.CPU);
        batch =
                model.newIncrementalMicroBatch(
                        variant.microBatch(),
                        ForecastSelection.ALL,
                        new CacheOptions(
                                variant.slots() * model.cacheBytesPerSeries(),
                                bytes -> {
                                    MemorySegment segment =
                                            MemorySegmentFactory.allocateOffHeapUnsafeMemory(bytes);
                                    memory.add(segment);
                                    return view(segment);
                                }));
        load = new EngineWorkload(variant.spec(), variant.series(), false, System::nanoTime);
    }

    /**
     * Measures the variants of one case.
     *
     * @param rounds total rounds; the first third is warm-up
     * @param forecasts minimum forecasts of a variant in a round; at least one per series
     */
    static List<EngineFigures> run(List<EngineVariant> variants, int rounds, int forecasts) {
        List<EngineRun> runs = new ArrayList<>();
        try {
            for (EngineVariant variant : variants) {
                EngineRun run = new EngineRun(variant, forecasts);
                runs.add(run);
                run.fill();
            }
            for (int round = 0; round < rounds; round++) {
                if (round == rounds / WARM_UP) {
                    runs.forEach(EngineRun::begin);
                }
                runs.forEach(EngineRun::round);
            }
            double first = typical(runs.get(0).rounds);
            return runs.stream().map(run -> run.figures(first)).toList();
        } finally {
            runs.forEach(EngineRun::close);
        }
    }

    /** Fills the cache with every phase of every series. */
    private void fill() {
        int phases = variant.spec().network().patchLength();
        load.warmUp(batch, variant.microBatch(), phases + 1);
    }

    private static ByteBuffer view(MemorySegment segment) {
        // A view outlives this call, and so does its segment, which is kept until close.
        Function<ByteBuffer, ByteBuffer> view = buffer -> buffer.order(ByteOrder.nativeOrder());
        return segment.processAsByteBuffer(view);
    }

    /** Ends the warm-up. */
    private void begin() {
        rounds.clear();
        before = batch.cache();
    }

    private void round() {
        double[] micros = new double[calls];
        for (int call = 0; call < calls; call++) {
            micros[call] = load.forecast(batch, variant.microBatch()).micros();
        }
        rounds.add(micros);
    }

    /**
     * The mean over the calls of a round of the median over the rounds. A call forecasts the same
     * series in every round, some with a slot of the cache and some without.
     */
    static double typical(List<double[]> rounds) {
        int calls = rounds.get(0).length;
        double sum = 0;
        for (int call = 0; call < calls; call++) {
            int each = call;
            double[] sorted = rounds.stream().mapToDouble(round -> round[each]).sorted().toArray();
            sum += sorted[sorted.length / 2];
        }
        return sum / calls;
    }

    private EngineFigures figures(double first) {
        CacheStatistics after = batch.cache();
        double steps = after.hits() - before.hits();
        double prefills = after.misses() - before.misses();
        double micros = typical(rounds);
        return new EngineFigures(
                variant,
                micros,
                micros / first,
                model.cacheBytesPerSeries(),
                steps / (steps + prefills));
    }

    @Override
    public void close() {
        batch.close();
        model.close();
        memory.forEach(MemorySegment::free);
    }
}
