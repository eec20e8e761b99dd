package io.tickformer.operator;

import io.tickformer.event.Forecast;
import io.tickformer.event.Tick;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickMeaning;
import io.tickformer.event.TickPiece;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.onnx.OnnxException;
import io.tickformer.onnx.OnnxFile;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ModelMetadata;
import io.tickformer.testing.TestModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** The operator in Flink's test harness, in terms of ticks and forecasts. */
final class OperatorHarness implements AutoCloseable {
    static final int MAX_PARALLELISM = 16;
    static final byte[] MODEL = TestModels.transformer(TestModels.STREAMING, 77);
    static final long TICK_MILLIS = TestModels.STREAMING.tickMillis();
    static final int T = TestModels.STREAMING.contextLength();

    /** Ticks of a context's ring. */
    static final int RING = TestModels.STREAMING.ringTicks();

    /** The default settings with the forecasts of the model as they are, which are still scored. */
    static final ForecastOperatorSettings UNCHANGED =
            ForecastOperatorSettings.DEFAULT.withFeedback(
                    LiveFeedbackSettings.DEFAULT.withParts(FeedbackSettings.NONE));

    private final KeyedOneInputStreamOperatorTestHarness<String, TickPiece, Forecast> harness;

    private OperatorHarness(
            KeyedOneInputStreamOperatorTestHarness<String, TickPiece, Forecast> harness) {
        this.harness = harness;
    }

    /** A fresh operator on the heap that means the observations of a tick. */
    static OperatorHarness ofMeans(ForecastOperatorSettings settings) throws Exception {
        return open(
                new ForecastOperatorFactory(MODEL, null, settings),
                new HashMapStateBackend(),
                null,
                1,
                0);
    }

    /** A fresh operator on the heap. */
    static OperatorHarness open(ForecastOperatorSettings settings) throws Exception {
        return open(MODEL, settings, new HashMapStateBackend(), null, 1, 0);
    }

    /**
     * An operator that goes on from a checkpoint, as one of {@code parallelism} subtasks. Of a tick
     * that comes again it keeps the last values, which are then what a forecast offline knows.
     *
     * @param state of all subtasks; null for none
     */
    static OperatorHarness open(
            byte[] model,
            ForecastOperatorSettings settings,
            StateBackend backend,
            OperatorSubtaskState state,
            int parallelism,
            int subtask)
            throws Exception {
        return open(
                new ForecastOperatorFactory(keepingLast(model), null, settings),
                backend,
                state,
                parallelism,
                subtask);
    }

    /** A fresh operator on the heap that runs a model made elsewhere. */
    static OperatorHarness openForeign(
            byte[] model, ForecastSpec spec, ForecastOperatorSettings settings) throws Exception {
        return open(
                new ForecastOperatorFactory(model, spec, settings),
                new HashMapStateBackend(),
                null,
                1,
                0);
    }

    /** The same model for ticks whose value is their last observation, if it can be read. */
    private static byte[] keepingLast(byte[] model) {
        try {
            OnnxFile file = OnnxFile.read(model);
            ModelMetadata metadata = ModelMetadata.fromProperties(file.metadata()).orElseThrow();
            ForecastSpec spec = metadata.spec();
            return spec.aggregate() == TickAggregate.MEAN
                    ? file.withMetadata(
                            metadata.withSpec(
                                            spec.withTickMeaning(
                                                    new TickMeaning(
                                                            TickAggregate.LAST, spec.emptyTick())))
                                    .toProperties())
                    : model;
        } catch (OnnxException e) {
            return model;
        }
    }

    private static OperatorHarness open(
            ForecastOperatorFactory factory,
            StateBackend backend,
            OperatorSubtaskState state,
            int parallelism,
            int subtask)
            throws Exception {
        OperatorHarness opened =
                new OperatorHarness(
                        new KeyedOneInputStreamOperatorTestHarness<>(
                                factory,
                                TickPiece::series,
                                Types.STRING,
                                MAX_PARALLELISM,
                                parallelism,
                                subtask));
        opened.harness.setStateBackend(backend);
        opened.harness.setup(ForecastSerializer.INSTANCE);
        try {
            if (state == null) {
                opened.harness.initializeEmptyState();
            } else {
                opened.harness.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                state, MAX_PARALLELISM, 1, parallelism, subtask));
            }
            opened.harness.open();
        } catch (Exception e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    void tick(String series, long index, double value) throws Exception {
        tick(new Tick(series, index, value));
    }

    void tick(Tick tick) throws Exception {
        long end = (tick.index() + 1) * TICK_MILLIS - 1;
        TickAccumulator gathered = TickAccumulator.of(end, tick.values());
        harness.processElement(new TickPiece(tick.series(), tick.index(), gathered, end), end);
    }

    void ticks(List<Tick> ticks) throws Exception {
        for (Tick tick : ticks) {
            tick(tick);
        }
    }

    /** The watermark that says the tick has ended. */
    void endOf(long index) throws Exception {
        harness.processWatermark((index + 1) * TICK_MILLIS - 1);
    }

    /** What has come out, one line each: {@code series@tick} or {@code watermark tick}. */
    List<String> output() {
        List<String> lines = new ArrayList<>();
        for (Object each : harness.getOutput()) {
            if (each instanceof StreamRecord<?> record
                    && record.getValue() instanceof Forecast forecast) {
                lines.add(forecast.series() + "@" + forecast.tickIndex());
            } else if (each instanceof Watermark mark) {
                lines.add("watermark " + (mark.getTimestamp() / TICK_MILLIS));
            } else {
                lines.add(each.toString());
            }
        }
        return lines;
    }

    List<Forecast> forecasts() {
        return harness.extractOutputValues();
    }

    /** What has come out at the side. */
    <T> List<T> side(OutputTag<T> tag) {
        ConcurrentLinkedQueue<StreamRecord<T>> records = harness.getSideOutput(tag);
        return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
    }

    /** A checkpoint as the task takes it: what precedes the barrier, then the state. */
    OperatorSubtaskState checkpoint(long id) throws Exception {
        harness.prepareSnapshotPreBarrier(id);
        return harness.snapshot(id, 0);
    }

    /** Flushes, and forecasts with another model of the same spec from then on. */
    void exchangeModel(byte[] onnx) throws Exception {
        operator().orElseThrow().exchangeModel(keepingLast(onnx));
    }

    ForecastMetrics counts() {
        return operator().orElseThrow().metrics();
    }

    MicroBatcher pending() {
        return operator().orElseThrow().batcher();
    }

    /** Series that have a context, as the metric says. */
    long seriesAlive() {
        return operator().orElseThrow().seriesAlive();
    }

    /** Series that have a context in the state, whatever the backend. */
    long seriesInState() {
        return seriesInState("context");
    }

    /** Series that have a value in a state. */
    long seriesInState(String state) {
        try (Stream<String> keys =
                operator()
                        .orElseThrow()
                        .<String>getKeyedStateBackend()
                        .getKeys(state, VoidNamespace.INSTANCE)) {
            return keys.count();
        }
    }

    private Optional<ForecastOperator> operator() {
        return harness.getOperator() instanceof ForecastOperator operator
                ? Optional.of(operator)
                : Optional.empty();
    }

    KeyedOneInputStreamOperatorTestHarness<String, TickPiece, Forecast> flink() {
        return harness;
    }

    @Override
    public void close() {
        try {
            harness.close();
        } catch (Exception e) {
            throw new IllegalStateException("the operator does not close", e);
        }
    }
}
