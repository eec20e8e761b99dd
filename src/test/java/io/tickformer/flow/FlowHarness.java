package io.tickformer.flow;

import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.event.Tick;
import io.tickformer.event.TickPiece;
import io.tickformer.operator.TooOldOutput;
import io.tickformer.serialization.ObservationSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/**
 * The windows of the flow and the operator behind them, as the flow wires them, without a cluster:
 * observations and watermarks in, forecasts out, in the order a subtask would see them.
 */
final class FlowHarness implements AutoCloseable {
    private static final int MAX_PARALLELISM = 16;

    private final KeyedOneInputStreamOperatorTestHarness<String, Observation, TickPiece> windows;
    private final KeyedOneInputStreamOperatorTestHarness<String, TickPiece, Forecast> forecasts;

    private FlowHarness(
            KeyedOneInputStreamOperatorTestHarness<String, Observation, TickPiece> windows,
            KeyedOneInputStreamOperatorTestHarness<String, TickPiece, Forecast> forecasts) {
        this.windows = windows;
        this.forecasts = forecasts;
    }

    /** The state of both at a checkpoint. */
    record Checkpoint(OperatorSubtaskState windows, OperatorSubtaskState forecasts) {}

    static FlowHarness open(ForecastPipeline flow) throws Exception {
        return open(flow, null);
    }

    /**
     * @param from null to begin without state
     */
    static FlowHarness open(ForecastPipeline flow, Checkpoint from) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        DataStream<Observation> nothing =
                environment.fromData(
                        ObservationSerializer.TYPE, new Observation("never read", 0, 0));
        Transformation<?> last = flow.forecast(nothing).forecasts().getTransformation();
        FlowHarness harness =
                new FlowHarness(
                        new KeyedOneInputStreamOperatorTestHarness<>(
                                windowOperator(find(last, ForecastPipeline.TICKS)),
                                Observation::series,
                                Types.STRING,
                                MAX_PARALLELISM,
                                1,
                                0),
                        new KeyedOneInputStreamOperatorTestHarness<>(
                                flow.operatorFactory(),
                                TickPiece::series,
                                Types.STRING,
                                MAX_PARALLELISM,
                                1,
                                0));
        if (from != null) {
            harness.windows.initializeState(from.windows());
            harness.forecasts.initializeState(from.forecasts());
        }
        harness.windows.open();
        harness.forecasts.open();
        return harness;
    }

    private static Transformation<?> find(Transformation<?> from, String uid) {
        Transformation<?> each = from;
        while (!uid.equals(each.getUid())) {
            each = each.getInputs().get(0);
        }
        return each;
    }

    @SuppressWarnings("unchecked") // What goes in and comes out is what the flow says.
    private static OneInputStreamOperator<Observation, TickPiece> windowOperator(
            Transformation<?> of) {
        return ((OneInputTransformation<Observation, TickPiece>) of).getOperator();
    }

    void reading(Observation observation) throws Exception {
        windows.processElement(observation, observation.eventTimeMillis());
        pass();
    }

    void watermark(long millis) throws Exception {
        windows.processWatermark(millis);
        pass();
    }

    /** The end of a bounded input. */
    void end() throws Exception {
        watermark(Long.MAX_VALUE);
        forecasts.endInput();
    }

    Checkpoint checkpoint(long id) throws Exception {
        windows.prepareSnapshotPreBarrier(id);
        pass();
        forecasts.prepareSnapshotPreBarrier(id);
        return new Checkpoint(windows.snapshot(id, 0), forecasts.snapshot(id, 0));
    }

    /** Hands on what came out of the windows, in order. */
    private void pass() throws Exception {
        Queue<Object> output = windows.getOutput();
        while (!output.isEmpty()) {
            Object each = output.poll();
            if (each instanceof Watermark mark) {
                forecasts.processWatermark(mark);
            } else if (each instanceof StreamRecord<?> record
                    && record.getValue() instanceof TickPiece piece) {
                forecasts.processElement(piece, record.getTimestamp());
            }
        }
    }

    /** All forecasts so far, in the order they were issued. */
    List<Forecast> forecasts() throws Exception {
        forecasts.prepareSnapshotPreBarrier(0);
        return forecasts.extractOutputValues();
    }

    /** Pieces of ticks that no context reaches back to any more. */
    List<TickPiece> tooOld() {
        List<TickPiece> pieces = new ArrayList<>();
        Queue<StreamRecord<TickPiece>> side = forecasts.getSideOutput(TooOldOutput.TOO_OLD);
        if (side != null) {
            side.forEach(record -> pieces.add(record.getValue()));
        }
        return pieces;
    }

    /** Bytes and timers that windows hold: nothing where every tick was handed on. */
    int openWindows() {
        return windows.numKeyedStateEntries();
    }

    /** A tick's index by its time. */
    static long tick(Observation observation, long tickMillis) {
        return Tick.indexOf(observation.eventTimeMillis(), tickMillis);
    }

    @Override
    public void close() {
        try {
            windows.close();
            forecasts.close();
        } catch (Exception e) {
            throw new IllegalStateException("the operators do not close", e);
        }
    }
}
