package io.tickformer.flow;

import io.tickformer.annotation.Public;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastEvent;
import io.tickformer.event.ForecastScore;
import io.tickformer.event.Observation;
import io.tickformer.event.TickPiece;
import io.tickformer.forecaster.TickClosingTimes;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.OnnxRuntimeUnloader;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.monitoring.MonitoringSettings;
import io.tickformer.operator.DriftWatch;
import io.tickformer.operator.FeedbackOutputs;
import io.tickformer.operator.ForecastOperatorFactory;
import io.tickformer.operator.ForecastOperatorSettings;
import io.tickformer.operator.ForecastSerializer;
import io.tickformer.operator.TickPieceSerializer;
import io.tickformer.operator.TooOldOutput;
import io.tickformer.serialization.ForecastEventSerializer;
import io.tickformer.serialization.ForecastScoreSerializer;
import io.tickformer.serialization.ObservationSerializer;
import io.tickformer.spec.Channels;
import io.tickformer.spec.ForecastSpec;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.core.memory.ManagedMemoryUseCase;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.util.function.SerializableFunction;

/**
 * Forecasts every series of a stream at every tick:
 *
 * <pre>{@code
 * ForecastStreams streams =
 *         ForecastPipeline.of(onnx)
 *                 .forecast(readings, Reading::meter, Reading::millis, Reading::kilowatts);
 * streams.forecasts().sinkTo(...);
 * }</pre>
 *
 * <p>The stream must have watermarks, since a tick is forecast once the watermark has passed its
 * end. The timestamps of its records are set to the event times of the observations. The model's
 * cache lies in Flink's managed memory; the pipeline declares the operator's share of it.
 *
 * <p>Immutable. Each {@code with} method returns a changed copy.
 */
@Public
public final class ForecastPipeline {
    /** Uid of the operator that holds the open ticks. */
    public static final String TICKS = "ticks";

    /** Uid of the operator that holds the contexts. */
    public static final String FORECASTS = "forecasts";

    /** Windows are not cleaned up by time: each is purged when it fires. */
    private static final Duration UNLIMITED = Duration.ofMillis(Long.MAX_VALUE);

    /**
     * Weight of the operator's share of its slot's managed memory. No other operator of the
     * pipeline takes a share.
     */
    private static final int CACHE_WEIGHT = 1;

    /** The options, with their defaults. */
    private record Options(
            ForecastOperatorSettings settings,
            int maxSeries,
            MonitoringSettings monitoring,
            String uidPrefix) {
        static final Options DEFAULT =
                new Options(ForecastOperatorSettings.DEFAULT, 0, MonitoringSettings.NONE, "");
    }

    private final byte[] onnx;
    private final ForecastSpec foreign; // null for a file that carries its own spec
    private final ForecastSpec spec;
    private final Options options;
    private final OneInputStreamOperatorFactory<TickPiece, Forecast> operator; // null for ours

    private ForecastPipeline(
            byte[] onnx,
            ForecastSpec foreign,
            ForecastSpec spec,
            Options options,
            OneInputStreamOperatorFactory<TickPiece, Forecast> operator) {
        this.onnx = onnx;
        this.foreign = foreign;
        this.spec = spec;
        this.options = options;
        this.operator = operator;
    }

    /**
     * A pipeline that runs a model which carries its spec.
     *
     * @param onnx the bytes of the ONNX file
     * @throws io.tickformer.inference.runtime.InferenceException if the model does not work
     */
    public static ForecastPipeline of(byte[] onnx) {
        return of(onnx, null);
    }

    /**
     * A pipeline that runs a model.
     *
     * @param onnx the bytes of the ONNX file
     * @param foreign the spec of a forecaster made elsewhere; null for a file that carries its own
     * @throws io.tickformer.inference.runtime.InferenceException if the model does not work
     */
    public static ForecastPipeline of(byte[] onnx, ForecastSpec foreign) {
        // On the CPU: the machine that submits a job may lack the GPU of those that run it.
        try (ForecastModel model = ForecastModel.open(onnx, foreign, ExecutionProvider.CPU)) {
            return ofTested(onnx, foreign, model.spec());
        } finally {
            OnnxRuntimeUnloader.release();
        }
    }

    /**
     * A pipeline that runs a model which is known to work.
     *
     * @param onnx the bytes of the ONNX file
     * @param foreign the spec of a forecaster made elsewhere; null for a file that carries its own
     * @param spec the model's spec
     */
    public static ForecastPipeline ofTested(byte[] onnx, ForecastSpec foreign, ForecastSpec spec) {
        return new ForecastPipeline(onnx.clone(), foreign, spec, Options.DEFAULT, null);
    }

    private ForecastPipeline with(Options other) {
        return new ForecastPipeline(onnx, foreign, spec, other, operator);
    }

    /** This pipeline with other settings of its operator. */
    public ForecastPipeline withSettings(ForecastOperatorSettings settings) {
        return with(
                new Options(
                        settings, options.maxSeries(), options.monitoring(), options.uidPrefix()));
    }

    /**
     * This pipeline with a limit on the number of series that have state.
     *
     * @param maxSeries limit of all subtasks together; 0 for none
     */
    public ForecastPipeline withMaxSeries(int maxSeries) {
        return with(
                new Options(
                        options.settings(), maxSeries, options.monitoring(), options.uidPrefix()));
    }

    /** This pipeline with an operator that logs its progress and advice. */
    public ForecastPipeline withMonitoring(MonitoringSettings monitoring) {
        return with(
                new Options(
                        options.settings(), options.maxSeries(), monitoring, options.uidPrefix()));
    }

    /** This pipeline with a prefix of its operators' uids, for a job with several pipelines. */
    public ForecastPipeline withUidPrefix(String prefix) {
        return with(
                new Options(options.settings(), options.maxSeries(), options.monitoring(), prefix));
    }

    /** This pipeline with another operator behind its windows, to measure the rest of a job. */
    public ForecastPipeline withOperator(OneInputStreamOperatorFactory<TickPiece, Forecast> other) {
        return new ForecastPipeline(onnx, foreign, spec, options, other);
    }

    /** The model's spec. */
    public ForecastSpec spec() {
        return spec;
    }

    /**
     * Forecasts a stream of any type.
     *
     * @param series returns the key of the series
     * @param eventTimeMillis returns the event time in milliseconds since the Unix epoch
     * @param value returns the measured value, a finite number
     */
    public <T> ForecastStreams forecast(
            DataStream<T> readings,
            SerializableFunction<T, String> series,
            SerializableFunction<T, Long> eventTimeMillis,
            SerializableFunction<T, Double> value) {
        return forecast(
                readings.map(
                                reading ->
                                        new Observation(
                                                series.apply(reading),
                                                eventTimeMillis.apply(reading),
                                                value.apply(reading)),
                                ObservationSerializer.TYPE)
                        .setParallelism(readings.getParallelism())
                        .name("to observations")
                        .uid(uid("to-observations")));
    }

    /** Forecasts a stream of observations. */
    public ForecastStreams forecast(DataStream<Observation> observations) {
        Channels channels = Channels.of(spec);
        TickClosingTimes times = options.settings().ticks().times(spec.tickMillis());
        KeySelector<Observation, String> key = key(channels);
        SingleOutputStreamOperator<Observation> admitted =
                observations
                        .transform(
                                "watermark",
                                ObservationSerializer.TYPE,
                                new WatermarkCheckpointOperator())
                        // As many subtasks as the source, to keep the order of its records.
                        .setParallelism(observations.getParallelism())
                        .uid(uid("watermark"))
                        .keyBy(key, Types.STRING)
                        .transform(
                                "admission",
                                ObservationSerializer.TYPE,
                                new SeriesAdmissionOperator(cap(), times.tickMillis()))
                        .uid(uid("admission"));
        // No operator from here on changes the key: observations and ticks stay on their subtask.
        SingleOutputStreamOperator<TickPiece> ticks =
                DataStreamUtils.reinterpretAsKeyedStream(admitted, key, Types.STRING)
                        .window(TumblingEventTimeWindows.of(Duration.ofMillis(times.tickMillis())))
                        .allowedLateness(UNLIMITED)
                        .trigger(new TickTrigger(times))
                        .aggregate(
                                new TickWindowFunctions.Gather(channels),
                                new TickWindowFunctions.Close(times.tickMillis()),
                                TickAccumulatorSerializer.TYPE,
                                TickAccumulatorSerializer.TYPE,
                                TickPieceSerializer.TYPE)
                        .name(TICKS)
                        .uid(uid(TICKS));
        SingleOutputStreamOperator<Forecast> forecasts =
                forecastTicks(
                        DataStreamUtils.reinterpretAsKeyedStream(
                                ticks, TickPiece::series, Types.STRING));
        DataStream<Observation> late =
                forecasts
                        .getSideOutput(TooOldOutput.TOO_OLD)
                        .flatMap(new TooOldPieceToObservations(channels))
                        .returns(ObservationSerializer.TYPE)
                        .name("late")
                        .uid(uid("late"));
        return new ForecastStreams(
                forecasts,
                late,
                admitted.getSideOutput(SeriesAdmissionOperator.REFUSED),
                scores(forecasts),
                forecasts.getSideOutput(FeedbackOutputs.ANOMALIES),
                events(forecasts));
    }

    /** The events of series and of the model, and those that concern many series. */
    private DataStream<ForecastEvent> events(SingleOutputStreamOperator<Forecast> forecasts) {
        DataStream<ForecastEvent> drift =
                forecasts
                        .getSideOutput(FeedbackOutputs.DRIFT_REPORTS)
                        .keyBy(report -> 0, Types.INT)
                        .process(new DriftWatch(spec.tickMillis()), ForecastEventSerializer.TYPE)
                        // All reports have one key.
                        .setParallelism(1)
                        .name("drift")
                        .uid(uid("drift"));
        return forecasts.getSideOutput(FeedbackOutputs.EVENTS).union(drift);
    }

    /**
     * The scores of the series, and those of the whole job: a merge of the scores that the series
     * gave in each interval of event time.
     */
    private DataStream<ForecastScore> scores(SingleOutputStreamOperator<Forecast> forecasts) {
        Duration interval = options.settings().feedback().scoreInterval();
        DataStream<ForecastScore> ofSeries = forecasts.getSideOutput(FeedbackOutputs.SCORES);
        DataStream<ForecastScore> ofJob =
                ofSeries.map(JobScores::ofOne)
                        .returns(ForecastScoreSerializer.TYPE)
                        .name("scores in one unit")
                        .uid(uid("scores-in-one-unit"))
                        .windowAll(TumblingEventTimeWindows.of(interval))
                        .reduce(new JobScores())
                        .name("job scores")
                        .uid(uid("job-scores"));
        return ofSeries.union(ofJob);
    }

    /**
     * Forecasts ticks that the caller has aggregated.
     *
     * @param ticks keyed by series, in tick order within a series
     */
    public SingleOutputStreamOperator<Forecast> forecastTicks(
            KeyedStream<TickPiece, String> ticks) {
        SingleOutputStreamOperator<Forecast> forecasts =
                ticks.transform(FORECASTS, ForecastSerializer.TYPE, operatorFactory())
                        .uid(uid(FORECASTS));
        forecasts
                .getTransformation()
                .declareManagedMemoryUseCaseAtOperatorScope(
                        ManagedMemoryUseCase.OPERATOR, CACHE_WEIGHT);
        return forecasts;
    }

    OneInputStreamOperatorFactory<TickPiece, Forecast> operatorFactory() {
        return operator == null
                ? new ForecastOperatorFactory(
                        onnx, foreign, options.settings(), options.monitoring())
                : operator;
    }

    /** The limit on series, which keep their place as long as the operator keeps their state. */
    private SeriesLimit cap() {
        int expiryTicks = options.settings().silence().expiryTicks(spec.ringTicks());
        return new SeriesLimit(
                options.maxSeries(),
                Duration.ofMillis(spec.tickMillis()).multipliedBy(expiryTicks));
    }

    private String uid(String name) {
        return options.uidPrefix() + name;
    }

    /** The series, or the record whose channels are forecast together. */
    private static KeySelector<Observation, String> key(Channels channels) {
        return channels.isNone()
                ? Observation::series
                : observation -> channels.keyOf(observation.series());
    }
}
