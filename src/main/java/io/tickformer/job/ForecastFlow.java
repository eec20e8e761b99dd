package io.tickformer.job;

import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.event.TickPiece;
import io.tickformer.kafka.DeadLetter;
import io.tickformer.kafka.Decoded;
import io.tickformer.kafka.ObservationSerializer;
import io.tickformer.operator.ForecastSerializer;
import io.tickformer.operator.TickPieceSerializer;
import io.tickformer.pulse.JobFacts;
import io.tickformer.spec.Channels;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.core.memory.ManagedMemoryUseCase;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.datastream.WindowedStream;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.OutputTag;

/**
 * The flow from decoded records to forecasts, whatever the records come from and the forecasts go
 * to.
 *
 * @param tickLength length of a tick
 * @param allowedLateness how long after its end a tick is still revised
 * @param cap how many series may have state
 * @param forecaster makes the operator that forecasts
 * @param channels of the records that the model forecasts as one; none where it forecasts each
 *     series by itself
 * @param facts settings that the log and its advice speak of
 */
public record ForecastFlow(
        Duration tickLength,
        Duration allowedLateness,
        SeriesCap cap,
        OneInputStreamOperatorFactory<TickPiece, Forecast> forecaster,
        Channels channels,
        JobFacts facts) {

    /** The operator that holds the ticks which are open. */
    static final String TICKS = "ticks";

    /** The operator that holds the contexts. */
    static final String FORECASTS = "forecasts";

    private static final OutputTag<Observation> LATE =
            new OutputTag<>("late", ObservationSerializer.TYPE);

    /** Of the slot's managed memory for operators, against others in it: there is none of ours. */
    private static final int CACHE_WEIGHT = 1;

    /**
     * What the flow gives.
     *
     * @param forecasts in tick order within a series
     * @param deadLetters malformed and impossible records
     * @param late observations later than the allowed lateness
     * @param refused observations of series beyond the cap
     */
    public record Outputs(
            DataStream<Forecast> forecasts,
            DataStream<DeadLetter> deadLetters,
            DataStream<Observation> late,
            DataStream<Observation> refused) {}

    /** Wires the flow behind a stream of decoded records with event times and watermarks. */
    public Outputs from(DataStream<Decoded> decoded) {
        SingleOutputStreamOperator<Observation> observations =
                decoded.transform(
                                "observations", ObservationSerializer.TYPE, new RecordSplit(facts))
                        // As many as read, so that the records of a partition keep their order.
                        .setParallelism(decoded.getParallelism())
                        .uid("observations");
        SingleOutputStreamOperator<Observation> watched =
                observations
                        .transform("watermark", ObservationSerializer.TYPE, new KeptWatermark())
                        .setParallelism(decoded.getParallelism())
                        .uid("watermark");
        KeySelector<Observation, String> key = key();
        SingleOutputStreamOperator<Observation> admitted =
                watched.keyBy(key, Types.STRING)
                        .transform(
                                "admission",
                                ObservationSerializer.TYPE,
                                new SeriesAdmission(cap, tickLength, allowedLateness))
                        .uid("admission");
        // What is admitted stays on its subtask, and so does its tick behind the window.
        WindowedStream<Observation, String, TimeWindow> windows =
                DataStreamUtils.reinterpretAsKeyedStream(admitted, key, Types.STRING)
                        .window(TumblingEventTimeWindows.of(tickLength))
                        .allowedLateness(allowedLateness)
                        .sideOutputLateData(LATE);
        SingleOutputStreamOperator<TickPiece> ticks =
                windows.aggregate(
                                new TickWindows.Gather(channels),
                                new TickWindows.Close(tickLength.toMillis()),
                                TickAccumulatorSerializer.TYPE,
                                TickAccumulatorSerializer.TYPE,
                                TickPieceSerializer.TYPE)
                        .name(TICKS)
                        .uid(TICKS);
        SingleOutputStreamOperator<Forecast> forecasts =
                DataStreamUtils.reinterpretAsKeyedStream(ticks, TickPiece::series, Types.STRING)
                        .transform(FORECASTS, ForecastSerializer.TYPE, forecaster)
                        .uid(FORECASTS);
        forecasts
                .getTransformation()
                .declareManagedMemoryUseCaseAtOperatorScope(
                        ManagedMemoryUseCase.OPERATOR, CACHE_WEIGHT);
        DataStream<Observation> late =
                ticks.getSideOutput(LATE)
                        .map(new LateCounter())
                        .returns(ObservationSerializer.TYPE)
                        .name("late")
                        .uid("late");
        return new Outputs(
                forecasts,
                observations.getSideOutput(RecordSplit.DEAD_LETTERS),
                late,
                admitted.getSideOutput(SeriesAdmission.REFUSED));
    }

    /** What is keyed by: the series, or the record whose channels are forecast together. */
    private KeySelector<Observation, String> key() {
        if (channels.isNone()) {
            return Observation::series;
        }
        Channels ofRecord = channels;
        return observation -> ofRecord.keyOf(observation.series());
    }
}
