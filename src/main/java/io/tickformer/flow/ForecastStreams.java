package io.tickformer.flow;

import io.tickformer.annotation.Public;
import io.tickformer.event.Anomaly;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastEvent;
import io.tickformer.event.ForecastScore;
import io.tickformer.event.Observation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The streams that a {@link ForecastPipeline} returns.
 *
 * @param forecasts forecasts, in tick order within a series
 * @param late observations of ticks that are older than the context of their series
 * @param refused observations of series beyond the limit
 * @param scores how good the forecasts are, of each series and of the whole job
 * @param anomalies ticks at which unusual events begin
 * @param events what happened to the forecasts: drift, fallback, a model that fails
 */
@Public
public record ForecastStreams(
        SingleOutputStreamOperator<Forecast> forecasts,
        DataStream<Observation> late,
        DataStream<Observation> refused,
        DataStream<ForecastScore> scores,
        DataStream<Anomaly> anomalies,
        DataStream<ForecastEvent> events) {}
