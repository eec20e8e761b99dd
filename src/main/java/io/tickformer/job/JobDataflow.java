package io.tickformer.job;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Anomaly;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastEvent;
import io.tickformer.event.ForecastScore;
import io.tickformer.event.Observation;
import io.tickformer.flow.ForecastPipeline;
import io.tickformer.flow.ForecastStreams;
import io.tickformer.kafka.deadletter.DeadLetter;
import io.tickformer.kafka.decode.Decoded;
import io.tickformer.monitoring.MonitoringSettings;
import io.tickformer.serialization.ObservationSerializer;
import java.time.Duration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The part of the job between its source and its sinks: from decoded records to forecasts and dead
 * letters.
 *
 * @param pipeline forecasts the observations
 * @param monitoring settings of the log and its advice
 */
@Internal
public record JobDataflow(ForecastPipeline pipeline, MonitoringSettings monitoring) {

    /**
     * The streams that a flow returns.
     *
     * @param forecasts forecasts, in tick order within a series
     * @param deadLetters malformed and impossible records
     * @param late observations of ticks that are older than the context of their series
     * @param refused observations of series beyond the limit
     * @param scores how good the forecasts are, of each series and of the whole job
     * @param anomalies ticks at which unusual events begin
     * @param events what happened to the forecasts: drift, fallback, a model that fails
     */
    public record Outputs(
            DataStream<Forecast> forecasts,
            DataStream<DeadLetter> deadLetters,
            DataStream<Observation> late,
            DataStream<Observation> refused,
            DataStream<ForecastScore> scores,
            DataStream<Anomaly> anomalies,
            DataStream<ForecastEvent> events) {}

    /** Length of a tick. */
    public Duration tickLength() {
        return Duration.ofMillis(pipeline.spec().tickMillis());
    }

    /** Appends the flow to a stream of decoded records with event times and watermarks. */
    public Outputs from(DataStream<Decoded> decoded) {
        SingleOutputStreamOperator<Observation> observations =
                decoded.transform(
                                "observations",
                                ObservationSerializer.TYPE,
                                new DeadLetterSplitOperator(monitoring))
                        // As many subtasks as the source, to keep the order of its records.
                        .setParallelism(decoded.getParallelism())
                        .uid("observations");
        ForecastStreams streams = pipeline.forecast(observations);
        return new Outputs(
                streams.forecasts(),
                observations.getSideOutput(DeadLetterSplitOperator.DEAD_LETTERS),
                streams.late(),
                streams.refused(),
                streams.scores(),
                streams.anomalies(),
                streams.events());
    }
}
