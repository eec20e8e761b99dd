package io.tickformer.job;

import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.event.TickPiece;
import io.tickformer.kafka.deadletter.DeadLetter;
import io.tickformer.kafka.decode.Decoded;
import io.tickformer.kafka.decode.ObservationSerializer;
import io.tickformer.monitoring.MonitoringSettings;
import io.tickformer.operator.ForecastSerializer;
import io.tickformer.operator.LateReadings;
import io.tickformer.operator.TickPieceSerializer;
import io.tickformer.operator.TickTimes;
import io.tickformer.spec.Channels;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.core.memory.ManagedMemoryUseCase;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;

/**
 * The flow from decoded records to forecasts, whatever the records come from and the forecasts go
 * to.
 *
 * @param times how ticks lie in event time, as the operator is told
 * @param cap how many series may have state
 * @param forecaster makes the operator that forecasts
 * @param channels of the records that the model forecasts as one; none where it forecasts each
 *     series by itself
 * @param facts settings that the log and its advice speak of
 */
public record ForecastFlow(
        TickTimes times,
        SeriesCap cap,
        OneInputStreamOperatorFactory<TickPiece, Forecast> forecaster,
        Channels channels,
        MonitoringSettings facts) {

    /** The operator that holds the ticks which are open. */
    static final String TICKS = "ticks";

    /** The operator that holds the contexts. */
    static final String FORECASTS = "forecasts";

    /** No window is cleaned up by time: each forgets what it has handed on. */
    private static final Duration ALWAYS = Duration.ofMillis(Long.MAX_VALUE);

    /** Of the slot's managed memory for operators, against others in it: there is none of ours. */
    private static final int CACHE_WEIGHT = 1;

    /**
     * What the flow gives.
     *
     * @param forecasts in tick order within a series
     * @param deadLetters malformed and impossible records
     * @param late observations of ticks that the context of their series does not reach back to
     * @param refused observations of series beyond the cap
     */
    public record Outputs(
            DataStream<Forecast> forecasts,
            DataStream<DeadLetter> deadLetters,
            DataStream<Observation> late,
            DataStream<Observation> refused) {}

    /** Length of a tick. */
    public Duration tickLength() {
        return Duration.ofMillis(times.tickMillis());
    }

    /** Wires the flow behind a stream of decoded records with event times and watermarks. */
    public Outputs from(DataStream<Decoded> decoded) {
        SingleOutputStreamOperator<Observation> observations =
                decoded.transform(
                                "observations",
                                ObservationSerializer.TYPE,
                                new DeadLetterSplitOperator(facts))
                        // As many as read, so that the records of a partition keep their order.
                        .setParallelism(decoded.getParallelism())
                        .uid("observations");
        SingleOutputStreamOperator<Observation> watched =
                observations
                        .transform(
                                "watermark",
                                ObservationSerializer.TYPE,
                                new WatermarkCheckpointOperator())
                        .setParallelism(decoded.getParallelism())
                        .uid("watermark");
        KeySelector<Observation, String> key = key();
        SingleOutputStreamOperator<Observation> admitted =
                watched.keyBy(key, Types.STRING)
                        .transform(
                                "admission",
                                ObservationSerializer.TYPE,
                                new SeriesAdmission(cap, times.tickMillis()))
                        .uid("admission");
        // What is admitted stays on its subtask, and so does its tick behind the window.
        SingleOutputStreamOperator<TickPiece> ticks =
                DataStreamUtils.reinterpretAsKeyedStream(admitted, key, Types.STRING)
                        .window(TumblingEventTimeWindows.of(tickLength()))
                        .allowedLateness(ALWAYS)
                        .trigger(new TickTrigger(times))
                        .aggregate(
                                new TickWindows.Gather(channels),
                                new TickWindows.Close(times.tickMillis()),
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
                forecasts
                        .getSideOutput(LateReadings.TOO_OLD)
                        .flatMap(new LateObservations(channels))
                        .returns(ObservationSerializer.TYPE)
                        .name("late")
                        .uid("late");
        return new Outputs(
                forecasts,
                observations.getSideOutput(DeadLetterSplitOperator.DEAD_LETTERS),
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
