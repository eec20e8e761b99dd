package io.tickformer.job;

import io.tickformer.annotation.Public;
import io.tickformer.flow.ForecastPipeline;
import io.tickformer.kafka.decode.Decoded;
import io.tickformer.kafka.decode.DecodedSerializer;
import io.tickformer.monitoring.MonitoringSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job: reads observations from Kafka topics and writes forecasts to a topic. The main class of
 * the job jar, for {@code flink run} and Application mode; outside of a cluster it runs in this
 * process.
 */
@Public
public final class ForecastJob {
    private static final Logger LOG = LoggerFactory.getLogger(ForecastJob.class);
    private static final int USER_ERROR = 2;

    /** Interval of watermarks, and so the precision with which the clock ends a tick. */
    private static final Duration WATERMARK_INTERVAL = Duration.ofMillis(200);

    private final JobSettings settings;
    private final KafkaEndpoints kafka;
    private final JobModel model;
    private final Instant submitted;
    private final Source<Decoded, ?, ?> source;
    private final List<String> startNotices;

    private ForecastJob(JobSettings settings) {
        this.settings = settings;
        Clock clock = Clock.systemUTC();
        this.submitted = clock.instant();
        this.model = JobModel.read(settings, clock);
        this.kafka = new KafkaEndpoints(settings, clock, model.tickLength());
        this.source = kafka.source();
        this.startNotices = JobMonitoring.startNotices(settings);
    }

    /** The same job, continued after an earlier start. */
    private ForecastJob(ForecastJob job, ResumePlan restart) {
        this.settings = job.settings;
        this.model = job.model.after(restart);
        this.kafka = job.kafka;
        this.submitted = job.submitted;
        this.source = kafka.source(restart.rewind());
        this.startNotices = restart.notices();
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
        PreparedJob job = prepareWithNotices(settings);
        job.startNotices().forEach(System.err::println);
        job.environment().execute(settings.get(RuntimeOptions.NAME));
    }

    /**
     * Prepares the job that the settings describe. Checks the brokers first, and the savepoint to
     * restore, if any.
     *
     * @throws OptionException if a setting is missing or invalid, or names something that does not
     *     exist
     */
    public static StreamExecutionEnvironment prepare(JobSettings settings) {
        return prepareWithNotices(settings).environment();
    }

    /** As above, with messages for the user. */
    public static PreparedJob prepareWithNotices(JobSettings settings) {
        ForecastJob job = new ForecastJob(settings);
        int partitions = Integer.MAX_VALUE;
        if (settings.get(KafkaOptions.PREFLIGHT)) {
            KafkaPreflight preflight = new KafkaPreflight(settings);
            partitions = preflight.requireTopics();
            preflight.requireRoomForForecasts(job.model.steps(), job.model.levels());
        }
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration(settings));
        Configuration flink = Configuration.fromMap(environment.getConfiguration().toMap());
        CheckpointConfiguration.complete(settings, environment);
        Optional<String> advice = job.checked(CheckpointConfiguration.of(settings, environment));
        job = job.begin(flink);
        job.wire(environment, partitions);
        if (settings.get(RuntimeOptions.CHECKPOINT_PREFLIGHT)) {
            SavepointCheck.check(environment.getStreamGraph(false), flink, job.model.spec());
        }
        List<String> startNotices = new ArrayList<>(job.startNotices);
        advice.ifPresent(startNotices::add);
        return new PreparedJob(
                environment,
                JobMonitoring.settings(settings, job.model.tickLength()),
                startNotices);
    }

    /**
     * Checks that the checkpoints allow the delivery that the settings ask for. Returns advice on
     * their memory.
     */
    private Optional<String> checked(CheckpointConfiguration checkpoints) {
        checkpoints.requireDelivery();
        if (settings.get(KafkaOptions.PREFLIGHT)) {
            new KafkaPreflight(settings).requireTransactions(checkpoints);
        }
        Optional<String> advice = checkpoints.memoryAdvice(model.stateBytesPerSeries());
        // A cluster keeps what is logged.
        advice.ifPresent(text -> LOG.warn("{}", text));
        return advice;
    }

    /** The job as it starts: from a savepoint, after an earlier start, or for the first time. */
    private ForecastJob begin(Configuration flink) {
        boolean isFromSavepoint =
                flink.getOptional(StateRecoveryOptions.SAVEPOINT_PATH).isPresent();
        if (isFromSavepoint || !settings.get(KafkaOptions.PREFLIGHT)) {
            return this;
        }
        return ResumePlan.plan(
                        settings, kafka, model.spec(), SavepointCheck.mayTakeOver(flink), submitted)
                .map(restart -> new ForecastJob(this, restart))
                .orElse(this);
    }

    /**
     * Adds the job that the settings describe to an environment, and configures the environment.
     * The caller executes it.
     *
     * @throws OptionException if the model cannot be read or does not fit the settings
     */
    public static void wire(StreamExecutionEnvironment environment, JobSettings settings) {
        ForecastJob job = new ForecastJob(settings);
        environment.configure(configuration(settings));
        job.wire(environment, Integer.MAX_VALUE);
    }

    /**
     * As above, with a changed pipeline between source and sinks.
     *
     * @param change returns the pipeline to use in place of the one that the settings describe
     * @throws OptionException if the model cannot be read or does not fit the settings
     */
    public static void wire(
            StreamExecutionEnvironment environment,
            JobSettings settings,
            UnaryOperator<ForecastPipeline> change) {
        ForecastJob job = new ForecastJob(settings);
        environment.configure(configuration(settings));
        JobDataflow flow = job.flow();
        job.wire(
                environment,
                Integer.MAX_VALUE,
                new JobDataflow(change.apply(flow.pipeline()), flow.monitoring()));
    }

    private void wire(StreamExecutionEnvironment environment, int partitions) {
        wire(environment, partitions, flow());
    }

    /**
     * If the number of partitions is known, limits the subtasks of the source to it: at each start,
     * a subtask without a partition would hold the watermark back until it counts as idle.
     */
    private void wire(StreamExecutionEnvironment environment, int partitions, JobDataflow flow) {
        CheckpointConfiguration.complete(settings, environment);
        SingleOutputStreamOperator<Decoded> records =
                environment
                        .fromSource(source, kafka.watermarks(), "records", DecodedSerializer.TYPE)
                        .uid("records");
        if (partitions < records.getParallelism()) {
            records.setParallelism(partitions);
        }
        JobDataflow.Outputs outputs = flow.from(records);
        JobOutput.ALL.forEach(output -> output.write(outputs, kafka));
    }

    /**
     * The flow that the settings describe, for a caller with its own source and sinks.
     *
     * @throws OptionException if the model cannot be read or does not fit the settings
     */
    public static JobDataflow flow(JobSettings settings) {
        return new ForecastJob(settings).flow();
    }

    private JobDataflow flow() {
        MonitoringSettings monitoring = JobMonitoring.settings(settings, model.tickLength());
        return new JobDataflow(
                model.pipeline()
                        .withMaxSeries(settings.get(ForecastOptions.MAX_SERIES))
                        .withMonitoring(monitoring),
                monitoring);
    }

    /**
     * Flink's configuration: the job's own values, overridden by its settings, overridden by the
     * user's Flink settings.
     */
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
            // Flink rejects an interval of zero; without an interval it takes no checkpoints.
            flink.removeConfig(CheckpointingOptions.CHECKPOINTING_INTERVAL);
        }
        return flink;
    }
}
