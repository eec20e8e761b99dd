package io.tickformer.flow;

import io.tickformer.annotation.Nullable;
import io.tickformer.annotation.Public;
import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastEvent;
import io.tickformer.event.ForecastScore;
import io.tickformer.event.Observation;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickPiece;
import io.tickformer.forecaster.TickClosingTimes;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.ModelTickRewriter;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
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
 * DataStream<Reading> readings = ...;
 * DataStream<Forecast> forecasts =
 *         ForecastPipeline.open(Path.of("model.onnx"))
 *                 .withOutOfOrderness(Duration.ofMinutes(1))
 *                 .forecast(readings, Reading::meter, Reading::millis, Reading::kilowatts)
 *                 .forecasts();
 * }</pre>
 *
 * <p><b>Time.</b> A tick is over, and is forecast, once the watermark has passed its end. {@link
 * #withOutOfOrderness} makes watermarks of the event times of the readings. Without it the stream
 * must have watermarks of its own. The timestamps of its records are set to the event times either
 * way.
 *
 * <p><b>Options.</b> Everything but the model and the three functions is optional. {@link
 * #withSettings} has what no method here has, such as evaluation, micro-batches, silent series and
 * feedback.
 *
 * <p><b>Memory.</b> The model's cache lies in Flink's managed memory; the pipeline declares the
 * operator's share of it. Contexts lie in keyed state.
 *
 * <p><b>Savepoints.</b> Operators have uids, which {@link #withUidPrefix} keeps apart if a job has
 * several pipelines.
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

    /** A partition that sends nothing for this long does not hold the watermark back. */
    private static final Duration IDLENESS = Duration.ofMinutes(1);

    /**
     * The options, with their defaults.
     *
     * @param outOfOrderness of the watermarks that the pipeline makes; null if the stream has its
     *     own
     */
    private record Options(
            ForecastOperatorSettings settings,
            int maxSeries,
            MonitoringSettings monitoring,
            String uidPrefix,
            @Nullable Duration outOfOrderness) {
        static final Options DEFAULT =
                new Options(ForecastOperatorSettings.DEFAULT, 0, MonitoringSettings.NONE, "", null);

        Options withSettings(ForecastOperatorSettings other) {
            return new Options(other, maxSeries, monitoring, uidPrefix, outOfOrderness);
        }
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
     * A pipeline that runs a model.
     *
     * @param model an ONNX file that Tickformer has written, as {@code tickformer train} does. It
     *     is read here and shipped with the job
     * @throws IOException if the file cannot be read
     * @throws io.tickformer.inference.runtime.InferenceException if the model does not work
     */
    public static ForecastPipeline open(Path model) throws IOException {
        if (!Files.isRegularFile(model)) {
            throw new NoSuchFileException(
                    model.toString(), null, "there is no such file; expected an ONNX model");
        }
        return of(Files.readAllBytes(model));
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

    /**
     * This pipeline with watermarks made of the event times of the readings: a tick is over when a
     * reading of the stream is later than its end by the given time. A part of the stream that
     * sends nothing for a minute is not waited for. Replaces watermarks that the stream has.
     *
     * @param time by how much the readings of a series may come out of order, zero or more
     */
    public ForecastPipeline withOutOfOrderness(Duration time) {
        ForecastOperatorSettings settings = options.settings();
        return with(
                new Options(
                        settings.withTicks(time, settings.ticks().readings()),
                        options.maxSeries(),
                        options.monitoring(),
                        options.uidPrefix(),
                        time));
    }

    /**
     * This pipeline with a known number of readings of each channel in a tick, which is forecast at
     * once when it has them.
     */
    public ForecastPipeline withReadingsPerTick(int readings) {
        ForecastOperatorSettings settings = options.settings();
        return with(
                options.withSettings(
                        settings.withTicks(settings.ticks().outOfOrderness(), readings)));
    }

    /**
     * This pipeline with ticks of another length than the model was trained on. A model that was
     * trained on many kinds of series, such as {@code models/universal.onnx}, suits any length.
     *
     * @throws io.tickformer.inference.runtime.InferenceException if the model has calendar
     *     features, which fix the length of a tick
     */
    public ForecastPipeline withTick(Duration length) {
        long millis = length.toMillis();
        return foreign == null
                ? withModel(
                        ModelTickRewriter.change(onnx, millis), null, spec.withTickMillis(millis))
                : withModel(onnx, foreign.withTickMillis(millis), spec.withTickMillis(millis));
    }

    /**
     * This pipeline with another way to make a tick's value of its readings.
     *
     * @param aggregate null for the model's
     * @param empty what a tick without readings means; null for the default of the aggregate
     * @throws io.tickformer.spec.SpecException if the model was trained on ticks of one meaning
     *     only, and that is another
     */
    public ForecastPipeline withAggregate(
            @Nullable TickAggregate aggregate, @Nullable EmptyTickPolicy empty) {
        ForecastSpec changed = spec.withRequestedTicks(aggregate, empty);
        return foreign == null
                ? withModel(ModelTickRewriter.change(onnx, aggregate, empty), null, changed)
                : withModel(onnx, foreign.withRequestedTicks(aggregate, empty), changed);
    }

    private ForecastPipeline withModel(
            byte[] file, @Nullable ForecastSpec ofForeign, ForecastSpec changed) {
        return new ForecastPipeline(file, ofForeign, changed, options, operator);
    }

    /**
     * This pipeline with shorter forecasts.
     *
     * @param horizon number of steps, at most those of the model; 0 for all
     * @param quantileLevels some of the model's, ascending; none for all
     * @throws io.tickformer.inference.runtime.InferenceException if the model does not forecast
     *     them
     */
    public ForecastPipeline withEmitted(int horizon, double... quantileLevels) {
        ForecastSelection emitted =
                new ForecastSelection(horizon, Arrays.stream(quantileLevels).boxed().toList());
        emitted.stepsOf(spec);
        emitted.levelsOf(spec);
        return with(options.withSettings(options.settings().withEmitted(emitted)));
    }

    /**
     * This pipeline with other settings of its operator. They replace what other methods have set
     * of them; call this first.
     */
    public ForecastPipeline withSettings(ForecastOperatorSettings settings) {
        return with(options.withSettings(settings));
    }

    /**
     * This pipeline with a limit on the number of series that have state.
     *
     * @param maxSeries limit of all subtasks together; 0 for none
     */
    public ForecastPipeline withMaxSeries(int maxSeries) {
        return with(
                new Options(
                        options.settings(),
                        maxSeries,
                        options.monitoring(),
                        options.uidPrefix(),
                        options.outOfOrderness()));
    }

    /** This pipeline with an operator that logs its progress and advice. */
    public ForecastPipeline withMonitoring(MonitoringSettings monitoring) {
        return with(
                new Options(
                        options.settings(),
                        options.maxSeries(),
                        monitoring,
                        options.uidPrefix(),
                        options.outOfOrderness()));
    }

    /** This pipeline with a prefix of its operators' uids, for a job with several pipelines. */
    public ForecastPipeline withUidPrefix(String prefix) {
        return with(
                new Options(
                        options.settings(),
                        options.maxSeries(),
                        options.monitoring(),
                        prefix,
                        options.outOfOrderness()));
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
     * Forecasts a stream of any type. The functions may be lambdas and method references. A reading
     * for which one of them returns null, or whose value is not finite, is dropped and counted.
     *
     * @param series returns the key of the series. If the model forecasts several channels of a
     *     record together, {@code KEY/channel}
     * @param eventTimeMillis returns the event time in milliseconds since the Unix epoch
     * @param value returns the measured value
     * @param <T> type of the readings
     */
    public <T> ForecastStreams forecast(
            DataStream<T> readings,
            SerializableFunction<T, String> series,
            SerializableFunction<T, Long> eventTimeMillis,
            SerializableFunction<T, Double> value) {
        return forecast(
                readings.flatMap(
                                new ReadingToObservation<>(series, eventTimeMillis, value),
                                ObservationSerializer.TYPE)
                        .setParallelism(readings.getParallelism())
                        .name("to observations")
                        .uid(uid("to-observations")));
    }

    /** The observations with the watermarks that this pipeline makes, or with their own. */
    private DataStream<Observation> timed(DataStream<Observation> observations) {
        if (options.outOfOrderness() == null) {
            return observations;
        }
        return observations
                .assignTimestampsAndWatermarks(
                        WatermarkStrategy.<Observation>forBoundedOutOfOrderness(
                                        options.outOfOrderness())
                                .withTimestampAssigner((each, any) -> each.eventTimeMillis())
                                .withIdleness(IDLENESS))
                .setParallelism(observations.getParallelism())
                .name("watermarks")
                .uid(uid("watermarks"));
    }

    /** Forecasts a stream of observations. */
    public ForecastStreams forecast(DataStream<Observation> observations) {
        Channels channels = Channels.of(spec);
        TickClosingTimes times = options.settings().ticks().times(spec.tickMillis());
        KeySelector<Observation, String> key = key(channels);
        SingleOutputStreamOperator<Observation> admitted =
                timed(observations)
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
