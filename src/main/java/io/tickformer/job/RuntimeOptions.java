package io.tickformer.job;

import io.tickformer.annotation.Public;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of the Flink job. */
@Public
public final class RuntimeOptions {
    /** Settings with this prefix are passed to Flink, without the prefix. */
    public static final String FLINK_PREFIX = "flink.";

    /** The state backend. */
    public enum StateBackend {
        HEAP("hashmap"),
        ROCKSDB("rocksdb");

        private final String flinkName;

        StateBackend(String flinkName) {
            this.flinkName = flinkName;
        }

        /** Its name in Flink. */
        public String flinkName() {
            return flinkName;
        }
    }

    public static final ConfigOption<String> NAME =
            ConfigOptions.key("job.name")
                    .stringType()
                    .defaultValue("tickformer")
                    .withDescription("Name of the job in Flink's user interface.");

    public static final ConfigOption<Integer> PARALLELISM =
            ConfigOptions.key("job.parallelism")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Number of subtasks of each operator; by default Flink's setting.");

    public static final ConfigOption<Integer> MAX_PARALLELISM =
            ConfigOptions.key("job.max-parallelism")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "The most subtasks of an operator. It is stored in the state, and"
                                    + " cannot be changed for a job that is restored from a"
                                    + " savepoint. By default 128, or more if job.parallelism is"
                                    + " above 85.");

    public static final ConfigOption<Duration> BUFFER_TIMEOUT =
            ConfigOptions.key("job.buffer-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMillis(2))
                    .withDescription(
                            "How long a record may wait in a network buffer between subtasks; 0 for"
                                    + " no waiting. It adds to the latency of forecasts. A longer"
                                    + " time uses less CPU if there are few records.");

    public static final ConfigOption<Duration> REPORT_INTERVAL =
            ConfigOptions.key("job.report-interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "Time between the status lines that the command run prints; 0 for none."
                                    + " Advice and restarts are always printed.");

    public static final ConfigOption<Duration> LOG_INTERVAL =
            ConfigOptions.key("job.log-interval")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "Time between the status lines and warnings that each subtask logs; 0"
                                    + " for none.");

    public static final ConfigOption<List<String>> WATCHED_SERIES =
            ConfigOptions.key("job.watched-series")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Series that have metrics of their own: newest value, next forecast and"
                                    + " error. At most 20, because a metrics system stores each of"
                                    + " them for ever.");

    public static final ConfigOption<Integer> PROMETHEUS_PORT =
            ConfigOptions.key("job.prometheus-port")
                    .intType()
                    .defaultValue(0)
                    .withDescription(
                            "Port at which the command run serves its metrics to Prometheus; 0 for"
                                    + " none. It is open to the network. A cluster has settings of"
                                    + " its own, see docs/monitoring.md.");

    public static final ConfigOption<Duration> CHECKPOINT_INTERVAL =
            ConfigOptions.key("checkpoint.interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "Time between checkpoints. With exactly-once delivery, forecasts become"
                                    + " visible at this interval. 0 disables checkpoints, with"
                                    + " at-least-once delivery only. If it is not set, Flink's"
                                    + " setting takes precedence over the default.");

    public static final ConfigOption<String> CHECKPOINT_DIRECTORY =
            ConfigOptions.key("checkpoint.directory")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Checkpoint storage, a URI such as s3://bucket/tickformer. By default"
                                    + " Flink's setting; without one, tickformer run uses a folder"
                                    + " of the user, and a cluster uses the JobManager's memory,"
                                    + " which is enough for few series only.");

    public static final ConfigOption<Boolean> CHECKPOINT_PREFLIGHT =
            ConfigOptions.key("checkpoint.preflight")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Checks before the job starts from a savepoint (flink run -s, or"
                                    + " flink.execution.state-recovery.path) whether its state fits"
                                    + " the model and the settings. Disable it if the submitting"
                                    + " machine cannot reach the savepoint.");

    public static final ConfigOption<StateBackend> STATE_BACKEND =
            ConfigOptions.key("checkpoint.state-backend")
                    .enumType(StateBackend.class)
                    .noDefaultValue()
                    .withDescription(
                            "The state backend for the contexts of series: heap, or rocksdb on disk"
                                    + " if they do not fit into the heap. By default Flink's"
                                    + " setting, or else heap.");

    private RuntimeOptions() {}
}
