package io.tickformer.job;

import io.tickformer.kafka.sink.Delivery;
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

/**
 * How Flink takes the checkpoints of a job, once the settings of the job and those of the cluster
 * are one.
 */
final class Checkpoints {
    private static final String IN_MEMORY = "jobmanager";
    private static final double THOUSAND = 1000.0;

    private final JobSettings settings;
    private final ReadableConfig flink;

    private Checkpoints(JobSettings settings, ReadableConfig flink) {
        this.settings = settings;
        this.flink = flink;
    }

    /** Those of a job that is about to be submitted. */
    static Checkpoints of(JobSettings settings, StreamExecutionEnvironment environment) {
        return new Checkpoints(settings, environment.getConfiguration());
    }

    /**
     * Takes the default interval where neither the job nor the cluster has one, and none where the
     * job is to have none.
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

    /** Time between two checkpoints; zero where there are none. */
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
     * Checks that Flink commits what is to be written exactly once.
     *
     * @throws OptionException if a setting of Flink's keeps it from that
     */
    void requireDelivery() {
        if (settings.get(SinkOptions.DELIVERY) != Delivery.EXACTLY_ONCE) {
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
                "Flink's %s is %s and %s is exactly-once; %s. Take it out, or set %s to at-least-once"
                        .formatted(
                                option.key(),
                                value,
                                SinkOptions.DELIVERY.key(),
                                consequence,
                                SinkOptions.DELIVERY.key()));
    }

    /**
     * Checks that a transaction outlives a checkpoint, and that the brokers allow it.
     *
     * @param timeout after which the brokers give up a transaction
     * @param brokersMost the longest that they allow; empty where they do not say
     * @throws OptionException if not; the message names the settings
     */
    void requireTransactions(Duration timeout, Optional<Duration> brokersMost) {
        Duration most = brokersMost.orElse(timeout);
        if (interval().compareTo(most) >= 0 || timeout.compareTo(most) > 0) {
            throw new OptionException(
                    ("%s is %s and %s is %s; expected the first to be less than the second, and the"
                                    + " second at most %s, which the brokers allow"
                                    + " (transaction.max.timeout.ms): a transaction lasts from one"
                                    + " checkpoint to the next")
                            .formatted(
                                    intervalSetting(),
                                    OptionDescriptor.text(interval()),
                                    SinkOptions.TRANSACTION_TIMEOUT.key(),
                                    OptionDescriptor.text(timeout),
                                    OptionDescriptor.text(most)));
        }
        if (interval().compareTo(timeout) >= 0) {
            throw new OptionException(
                    ("%s is %s and %s is %s; expected the first to be less than the second: a"
                                    + " transaction lasts from one checkpoint to the next")
                            .formatted(
                                    intervalSetting(),
                                    OptionDescriptor.text(interval()),
                                    SinkOptions.TRANSACTION_TIMEOUT.key(),
                                    OptionDescriptor.text(timeout)));
        }
    }

    /** Whether checkpoints are kept nowhere but in the memory of the JobManager. */
    boolean areInMemory() {
        return flink.getOptional(CheckpointingOptions.CHECKPOINT_STORAGE)
                .map(storage -> storage.equalsIgnoreCase(IN_MEMORY))
                .orElse(flink.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY).isEmpty());
    }

    /**
     * What becomes of a job whose checkpoints are kept in memory, in words; none where they are
     * not.
     *
     * @param bytes that the context of a series takes
     * @throws OptionException if the series that the settings allow do not fit
     */
    Optional<String> memoryAdvice(long bytes) {
        if (!areInMemory() || interval().isZero()) {
            return Optional.empty();
        }
        long each = JobManagerCheckpointStorage.DEFAULT_MAX_STATE_SIZE / bytes;
        long all = each * Math.max(1, flink.get(CoreOptions.DEFAULT_PARALLELISM));
        String advice =
                ("checkpoints are kept in the JobManager's memory, which takes 5 MB of each subtask;"
                                + " the context of a series takes %.1f kB, so that about %d series fit"
                                + " (%d a subtask). With more, every checkpoint fails and the job"
                                + " restarts without end: set %s to a folder that all machines reach,"
                                + " such as s3://bucket/tickformer")
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
