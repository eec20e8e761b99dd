package io.tickformer.job;

import io.tickformer.kafka.sink.DeliveryMode;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The checkpoint configuration of a job: its own settings combined with those of the cluster. */
final class CheckpointConfiguration {
    private static final String IN_MEMORY = "jobmanager";
    private static final double THOUSAND = 1000.0;

    private final JobSettings settings;
    private final ReadableConfig flink;

    private CheckpointConfiguration(JobSettings settings, ReadableConfig flink) {
        this.settings = settings;
        this.flink = flink;
    }

    /** The configuration of a job that is about to be submitted. */
    static CheckpointConfiguration of(
            JobSettings settings, StreamExecutionEnvironment environment) {
        return new CheckpointConfiguration(settings, environment.getConfiguration());
    }

    /**
     * Sets the default interval if neither the job nor the cluster sets one, and disables
     * checkpoints if the job does so.
     */
    static void complete(JobSettings settings, StreamExecutionEnvironment environment) {
        Optional<Duration> given =
                settings.flink()
                        .getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                        .or(() -> settings.find(RuntimeOptions.CHECKPOINT_INTERVAL));
        if (given.filter(Duration::isZero).isPresent()) {
            environment.getCheckpointConfig().disableCheckpointing();
        } else if (environment
                .getConfiguration()
                .getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                .isEmpty()) {
            Configuration interval = new Configuration();
            interval.set(
                    CheckpointingOptions.CHECKPOINTING_INTERVAL,
                    settings.get(RuntimeOptions.CHECKPOINT_INTERVAL));
            environment.configure(interval);
        }
    }

    /** The checkpoint interval; zero if checkpoints are disabled. */
    Duration interval() {
        return flink.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL).orElse(Duration.ZERO);
    }

    /** The setting that the interval comes from. */
    private String intervalSetting() {
        return settings.find(RuntimeOptions.CHECKPOINT_INTERVAL).isPresent()
                        || interval().equals(settings.get(RuntimeOptions.CHECKPOINT_INTERVAL))
                ? RuntimeOptions.CHECKPOINT_INTERVAL.key()
                : CheckpointingOptions.CHECKPOINTING_INTERVAL.key();
    }

    /**
     * Checks that Flink's settings allow exactly-once delivery.
     *
     * @throws OptionException if a setting of Flink prevents it
     */
    void requireDelivery() {
        if (settings.get(SinkOptions.DELIVERY) != DeliveryMode.EXACTLY_ONCE) {
            return;
        }
        if (interval().isZero()) {
            throw undermined(
                    CheckpointingOptions.CHECKPOINTING_INTERVAL, "0", "nothing is ever committed");
        }
        CheckpointingMode mode = flink.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE);
        if (mode != CheckpointingMode.EXACTLY_ONCE) {
            throw undermined(
                    CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
                    mode.name(),
                    "forecasts repeat after a failure");
        }
        if (!flink.get(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH)) {
            throw undermined(
                    CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH,
                    "false",
                    "the last forecasts of a bounded job are never committed");
        }
    }

    private OptionException undermined(ConfigOption<?> option, String value, String consequence) {
        return new OptionException(
                "Flink's %s is %s and %s is exactly-once; %s. Remove it, or set %s to at-least-once"
                        .formatted(
                                option.key(),
                                value,
                                SinkOptions.DELIVERY.key(),
                                consequence,
                                SinkOptions.DELIVERY.key()));
    }

    /**
     * Checks that a transaction lasts longer than the checkpoint interval, and that the brokers
     * allow it.
     *
     * @param timeout time after which the brokers abort a transaction
     * @param brokersMost the longest timeout that the brokers allow; empty if unknown
     * @throws OptionException if not; the message names the settings
     */
    void requireTransactions(Duration timeout, Optional<Duration> brokersMost) {
        Duration most = brokersMost.orElse(timeout);
        if (interval().compareTo(most) >= 0 || timeout.compareTo(most) > 0) {
            throw new OptionException(
                    ("%s is %s and %s is %s; expected a transaction timeout that is longer than"
                                    + " the checkpoint interval and at most %s, the"
                                    + " transaction.max.timeout.ms of the brokers: a transaction"
                                    + " lasts from one checkpoint to the next")
                            .formatted(
                                    intervalSetting(),
                                    OptionDescriptor.text(interval()),
                                    SinkOptions.TRANSACTION_TIMEOUT.key(),
                                    OptionDescriptor.text(timeout),
                                    OptionDescriptor.text(most)));
        }
        if (interval().compareTo(timeout) >= 0) {
            throw new OptionException(
                    ("%s is %s and %s is %s; expected a transaction timeout that is longer than"
                                    + " the checkpoint interval: a transaction lasts from one"
                                    + " checkpoint to the next")
                            .formatted(
                                    intervalSetting(),
                                    OptionDescriptor.text(interval()),
                                    SinkOptions.TRANSACTION_TIMEOUT.key(),
                                    OptionDescriptor.text(timeout)));
        }
    }

    /** Returns whether checkpoints are stored in the JobManager's memory only. */
    boolean areInMemory() {
        return flink.getOptional(CheckpointingOptions.CHECKPOINT_STORAGE)
                .map(storage -> storage.equalsIgnoreCase(IN_MEMORY))
                .orElse(flink.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY).isEmpty());
    }

    /**
     * Advice for a job whose checkpoints are stored in memory; empty if they are not.
     *
     * @param bytes size of the context of a series
     * @throws OptionException if the most series that the settings allow do not fit
     */
    Optional<String> memoryAdvice(long bytes) {
        if (!areInMemory() || interval().isZero()) {
            return Optional.empty();
        }
        long each = JobManagerCheckpointStorage.DEFAULT_MAX_STATE_SIZE / bytes;
        long all = each * Math.max(1, flink.get(CoreOptions.DEFAULT_PARALLELISM));
        String advice =
                ("checkpoints are stored in the JobManager's memory, with a limit of 5 MB per"
                                + " subtask; the context of a series takes %.1f kB, so about %d"
                                + " series fit"
                                + " (%d per subtask). With more, each checkpoint fails and the job"
                                + " restarts"
                                + " endlessly: set %s to a folder that all machines can reach, such"
                                + " as"
                                + " s3://bucket/tickformer")
                        .formatted(
                                bytes / THOUSAND,
                                all,
                                each,
                                RuntimeOptions.CHECKPOINT_DIRECTORY.key());
        int cap = settings.get(ForecastOptions.MAX_SERIES);
        if (cap > all) {
            throw new OptionException(
                    "%s is %d; %s".formatted(ForecastOptions.MAX_SERIES.key(), cap, advice));
        }
        return Optional.of(advice);
    }
}
