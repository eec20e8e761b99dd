package io.tickformer.job;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** How Flink runs the job. */
public final class RuntimeOptions {
    /** Settings with this prefix go to Flink, without it. */
    public static final String FLINK_PREFIX = "flink.";

    /** Where keyed state is held. */
    public enum StateBackend {
        HEAP("hashmap"),
        ROCKSDB("rocksdb");

        private final String flinkName;

        StateBackend(String flinkName) {
            this.flinkName = flinkName;
        }

        /** What Flink calls it. */
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
                    .withDescription("Subtasks of each operator; by default what Flink is set to.");

    public static final ConfigOption<Integer> MAX_PARALLELISM =
            ConfigOptions.key("job.max-parallelism")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Subtasks of an operator at most, now and whenever the job goes on from"
                                    + " a savepoint of this start: it is written into the state and"
                                    + " cannot be changed with it. By default 128, or more where"
                                    + " job.parallelism is above 85.");

    public static final ConfigOption<Duration> BUFFER_TIMEOUT =
            ConfigOptions.key("job.buffer-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMillis(2))
                    .withDescription(
                            "How long a record waits, on its way from one subtask to another, for"
                                    + " others to travel with; 0 for none. Forecasts are late by it;"
                                    + " more takes less processor time where records are few.");

    public static final ConfigOption<Duration> REPORT_INTERVAL =
            ConfigOptions.key("job.report-interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "Time between the lines that run prints of the job's progress; 0 for"
                                    + " none. Advice and restarts are printed at any time.");

    public static final ConfigOption<Duration> LOG_INTERVAL =
            ConfigOptions.key("job.log-interval")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "Time between the lines that each subtask logs of its progress, and"
                                    + " after which it warns of what looks wrong; 0 for none.");

    public static final ConfigOption<Duration> CHECKPOINT_INTERVAL =
            ConfigOptions.key("checkpoint.interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "Time between checkpoints; with exactly-once delivery forecasts appear"
                                    + " at this pace. 0 for none, with at-least-once delivery only."
                                    + " Where it is not set, what Flink is set to counts first.");

    public static final ConfigOption<String> CHECKPOINT_DIRECTORY =
            ConfigOptions.key("checkpoint.directory")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Where checkpoints are kept, a URI such as s3://bucket/tickformer; by"
                                    + " default what Flink is set to, else a folder of the user's for"
                                    + " tickformer run, and on a cluster the JobManager's memory,"
                                    + " which holds the contexts of few series.");

    public static final ConfigOption<Boolean> CHECKPOINT_PREFLIGHT =
            ConfigOptions.key("checkpoint.preflight")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Before the job starts from a savepoint (flink run -s, or"
                                    + " flink.execution.state-recovery.path), read there whether its"
                                    + " state fits the model and the settings. Turn it off where the"
                                    + " job is submitted from a machine that does not reach the"
                                    + " savepoint.");

    public static final ConfigOption<StateBackend> STATE_BACKEND =
            ConfigOptions.key("checkpoint.state-backend")
                    .enumType(StateBackend.class)
                    .noDefaultValue()
                    .withDescription(
                            "Where the series' contexts are held: on the heap, or on disk by RocksDB"
                                    + " where they are too many for it; by default what Flink is set"
                                    + " to, else the heap.");

    private RuntimeOptions() {}
}
