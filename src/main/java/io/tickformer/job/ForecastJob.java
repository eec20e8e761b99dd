package io.tickformer.job;

import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.event.TickPiece;
import io.tickformer.kafka.deadletter.DeadLetter;
import io.tickformer.kafka.decode.Decoded;
import io.tickformer.kafka.decode.DecodedSerializer;
import io.tickformer.monitoring.MonitoringSettings;
import io.tickformer.operator.ContextSize;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job: a Kafka topic of observations in, forecasts out. It is the main class of the job jar,
 * for {@code flink run} and Application mode; outside of a cluster it runs in this process.
 */
public final class ForecastJob {
    private static final Logger LOG = LoggerFactory.getLogger(ForecastJob.class);
    private static final int USER_ERROR = 2;

    /** How often the clock may end a tick. */
    private static final Duration WATERMARK_INTERVAL = Duration.ofMillis(200);

    private final JobSettings settings;
    private final KafkaEndpoints kafka;
    private final ModelFile model;
    private final Instant submitted;
    private final Source<Decoded, ?, ?> source;
    private final List<String> beforeTheStart;

    private ForecastJob(JobSettings settings) {
        this.settings = settings;
        Clock clock = Clock.systemUTC();
        this.submitted = clock.instant();
        this.model = ModelFile.read(settings, clock);
        this.kafka = new KafkaEndpoints(settings, clock, model.tickLength());
        this.source = kafka.source();
        this.beforeTheStart = JobVoice.beforeTheStart(settings);
    }

    /** The job of the same settings that goes on after an earlier start. */
    private ForecastJob(ForecastJob job, RestartPlan restart) {
        this.settings = job.settings;
        this.model = job.model.after(restart);
        this.kafka = job.kafka;
        this.submitted = job.submitted;
        this.source = kafka.source(restart.rewind());
        this.beforeTheStart = restart.notices();
    }

    public static void main(String[] arguments) throws Exception {
        try {
            run(arguments);
        } catch (OptionException e) {
            System.err.println("error: " + e.getMessage().replaceAll("\\p{Cntrl}+", " "));
            System.exit(USER_ERROR);
        } catch (OutOfMemoryError e) {
            System.err.printf(
                    "error: not enough memory to try out the model (%s); give this process more, or"
                            + " take a smaller model%n",
                    e.getMessage());
            System.exit(USER_ERROR);
        }
    }

    /**
     * Runs the job that the arguments describe, until it ends.
     *
     * @throws OptionException if a setting is unknown, missing or invalid, or what it names is not
     *     there
     */
    public static void run(String... arguments) throws Exception {
        JobSettings settings = JobSettings.parse(arguments);
        PreparedJob job = prepareToTell(settings);
        job.beforeTheStart().forEach(System.err::println);
        job.environment().execute(settings.get(RuntimeOptions.NAME));
    }

    /**
     * The job that the settings describe, ready to be executed, the brokers asked before, and the
     * savepoint read that it goes on from, if any.
     *
     * @throws OptionException if a setting is missing or invalid, or what it names is not there
     */
    public static StreamExecutionEnvironment prepare(JobSettings settings) {
        return prepareToTell(settings).environment();
    }

    /** As above, with what is to be told of the job. */
    public static PreparedJob prepareToTell(JobSettings settings) {
        ForecastJob job = new ForecastJob(settings);
        int partitions = Integer.MAX_VALUE;
        if (settings.get(KafkaOptions.PREFLIGHT)) {
            partitions = job.kafka.preflight();
            job.kafka.requireRoomForForecasts(job.model.steps(), job.model.levels());
        }
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration(settings));
        Configuration flink = Configuration.fromMap(environment.getConfiguration().toMap());
        Checkpoints.complete(settings, environment);
        Optional<String> advice = job.checked(Checkpoints.of(settings, environment));
        job = job.begin(flink);
        job.wire(environment, partitions);
        if (settings.get(RuntimeOptions.CHECKPOINT_PREFLIGHT)) {
            SavepointCheck.check(environment.getStreamGraph(false), flink, job.model.spec());
        }
        List<String> beforeTheStart = new ArrayList<>(job.beforeTheStart);
        advice.ifPresent(beforeTheStart::add);
        return new PreparedJob(
                environment, JobVoice.facts(settings, job.model.tickLength()), beforeTheStart);
    }

    /** What is to be told of the job's checkpoints, which are as the settings promise. */
    private Optional<String> checked(Checkpoints checkpoints) {
        checkpoints.requireDelivery();
        if (settings.get(KafkaOptions.PREFLIGHT)) {
            kafka.requireTransactions(checkpoints);
        }
        Optional<String> advice = checkpoints.memoryAdvice(ContextSize.ofFull(model.spec()));
        // A cluster keeps what is logged.
        advice.ifPresent(text -> LOG.warn("{}", text));
        return advice;
    }

    /** The job as it begins: from a savepoint, after an earlier start, or for the first time. */
    private ForecastJob begin(Configuration flink) {
        boolean isFromSavepoint =
                flink.getOptional(StateRecoveryOptions.SAVEPOINT_PATH).isPresent();
        if (isFromSavepoint || !settings.get(KafkaOptions.PREFLIGHT)) {
            return this;
        }
        return RestartPlan.plan(
                        settings, kafka, model.spec(), SavepointCheck.mayTakeOver(flink), submitted)
                .map(restart -> new ForecastJob(this, restart))
                .orElse(this);
    }

    /**
     * Wires the job that the settings describe into an environment and leaves its execution to the
     * caller. The environment is set to what the job needs and the settings say.
     *
     * @throws OptionException if the model is not there or does not fit
     */
    public static void wire(StreamExecutionEnvironment environment, JobSettings settings) {
        ForecastJob job = new ForecastJob(settings);
        environment.configure(configuration(settings));
        job.wire(environment, Integer.MAX_VALUE);
    }

    /**
     * Wires the job as above with another operator in the place of the one that forecasts, to see
     * what the rest of the job takes.
     *
     * @param forecaster makes the operator; its input is keyed by series
     * @throws OptionException if the model, which gives the length of a tick, is not there
     */
    public static void wire(
            StreamExecutionEnvironment environment,
            JobSettings settings,
            OneInputStreamOperatorFactory<TickPiece, Forecast> forecaster) {
        ForecastJob job = new ForecastJob(settings);
        environment.configure(configuration(settings));
        ForecastFlow flow = job.flow();
        job.wire(
                environment,
                Integer.MAX_VALUE,
                new ForecastFlow(flow.pipeline().withOperator(forecaster), flow.monitoring()));
    }

    private void wire(StreamExecutionEnvironment environment, int partitions) {
        wire(environment, partitions, flow());
    }

    /**
     * A subtask of the source without a partition would hold the watermark back until it counts as
     * idle, at every start anew: there is none where the partitions are known.
     */
    private void wire(StreamExecutionEnvironment environment, int partitions, ForecastFlow flow) {
        Checkpoints.complete(settings, environment);
        SingleOutputStreamOperator<Decoded> records =
                environment
                        .fromSource(source, kafka.watermarks(), "records", DecodedSerializer.TYPE)
                        .uid("records");
        if (partitions < records.getParallelism()) {
            records.setParallelism(partitions);
        }
        ForecastFlow.Outputs outputs = flow.from(records);
        outputs.forecasts().sinkTo(kafka.forecasts()).name("forecast sink").uid("forecast-sink");
        Optional<Sink<DeadLetter>> deadLetters = kafka.deadLetters();
        outputs.deadLetters()
                .sinkTo(deadLetters.orElseGet(DiscardingSink::new))
                .name("dead-letter sink")
                .uid("dead-letter-sink");
        Optional<Sink<Observation>> late = kafka.late();
        outputs.late()
                .sinkTo(late.orElseGet(DiscardingSink::new))
                .name("late sink")
                .uid("late-sink");
        Optional<Sink<Observation>> refused = kafka.refused();
        outputs.refused()
                .sinkTo(refused.orElseGet(DiscardingSink::new))
                .name("refused sink")
                .uid("refused-sink");
    }

    /**
     * The flow that the settings describe, for a caller that has records of its own and takes the
     * forecasts itself.
     *
     * @throws OptionException if the model is not there or does not fit
     */
    public static ForecastFlow flow(JobSettings settings) {
        return new ForecastJob(settings).flow();
    }

    private ForecastFlow flow() {
        MonitoringSettings monitoring = JobVoice.facts(settings, model.tickLength());
        return new ForecastFlow(
                model.pipeline()
                        .withMaxSeries(settings.get(ForecastOptions.MAX_SERIES))
                        .withMonitoring(monitoring),
                monitoring);
    }

    /** What Flink is set to: by the job itself, by its settings, and last by the user's own. */
    static Configuration configuration(JobSettings settings) {
        Configuration flink = new Configuration();
        flink.set(PipelineOptions.OBJECT_REUSE, true);
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(PipelineOptions.NAME, settings.get(RuntimeOptions.NAME));
        flink.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, WATERMARK_INTERVAL);
        flink.set(ExecutionOptions.BUFFER_TIMEOUT, settings.get(RuntimeOptions.BUFFER_TIMEOUT));
        settings.find(RuntimeOptions.STATE_BACKEND)
                .ifPresent(
                        backend ->
                                flink.set(StateBackendOptions.STATE_BACKEND, backend.flinkName()));
        settings.find(RuntimeOptions.CHECKPOINT_INTERVAL)
                .ifPresent(
                        interval ->
                                flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval));
        settings.find(RuntimeOptions.CHECKPOINT_DIRECTORY)
                .ifPresent(uri -> flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri));
        settings.find(RuntimeOptions.PARALLELISM)
                .ifPresent(parallelism -> flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism));
        settings.find(RuntimeOptions.MAX_PARALLELISM)
                .ifPresent(most -> flink.set(PipelineOptions.MAX_PARALLELISM, most));
        flink.addAll(settings.flink());
        if (flink.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                .filter(Duration::isZero)
                .isPresent()) {
            // Flink takes no such interval; it is told otherwise that there are no checkpoints.
            flink.removeConfig(CheckpointingOptions.CHECKPOINTING_INTERVAL);
        }
        return flink;
    }
}
