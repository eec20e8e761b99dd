package io.tickformer.job;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.source.SampledRecord;
import io.tickformer.kafka.topic.NewestRecords;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Tries parts of a job without running it, one at a time, with the code that the job runs when it
 * starts. Creates no topic and writes no record.
 */
@Internal
public final class JobTrial {
    private final JobSettings settings;
    private final Clock clock;

    public JobTrial(JobSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Reads the model, runs it once on the CPU and compares it with the settings.
     *
     * @throws OptionException if it cannot be read, does not work or does not fit
     */
    public TriedModel model() {
        return JobModel.read(settings, clock).tried();
    }

    /** The output topics by the settings that name them. */
    public Map<String, String> outputTopics() {
        Map<String, String> topics = new LinkedHashMap<>();
        for (JobOutput<?> output : JobOutput.ALL) {
            output.topicIn(settings).ifPresent(topic -> topics.put(output.topic().key(), topic));
        }
        return topics;
    }

    /**
     * Requires that every forecast fits into a record of its topic.
     *
     * @throws OptionException if not
     */
    public void requireRoomForForecasts(TriedModel model) {
        new KafkaPreflight(settings).requireRoomForForecasts(model.steps(), model.levels());
    }

    /**
     * Requires that checkpoints and the brokers allow the transactions of exactly-once delivery.
     *
     * @throws OptionException if not
     */
    public void requireTransactions() {
        CheckpointConfiguration checkpoints = checkpoints();
        checkpoints.requireDelivery();
        new KafkaPreflight(settings).requireTransactions(checkpoints);
    }

    /**
     * Advice for a job whose checkpoints are stored in the JobManager's memory.
     *
     * @throws OptionException if the most series that the settings allow do not fit
     */
    public Optional<String> memoryAdvice(TriedModel model) {
        return checkpoints().memoryAdvice(model.stateBytesPerSeries());
    }

    private CheckpointConfiguration checkpoints() {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(flink());
        CheckpointConfiguration.complete(settings, environment);
        return CheckpointConfiguration.of(settings, environment);
    }

    /** The checkpoint storage that the settings name, if any. */
    public Optional<String> checkpointDirectory() {
        return flink().getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
    }

    /** Whether the job also forecasts ticks that ended before it started. */
    public boolean forecastsThePast() {
        return !ForecastFromOption.isFromStart(settings);
    }

    /** The savepoint that the settings name, if any. */
    public Optional<String> savepoint() {
        return flink().getOptional(StateRecoveryOptions.SAVEPOINT_PATH);
    }

    /**
     * Requires that the job can be restored from its savepoint.
     *
     * @throws OptionException if not
     */
    public void requireSavepoint() {
        JobSettings alone = settings.with(KafkaOptions.PREFLIGHT.key(), "false");
        ForecastJob.prepare(alone);
    }

    /** The job's settings for Flink, such as {@code rest.address}. */
    public Configuration flink() {
        return ForecastJob.configuration(settings);
    }

    /**
     * Reads the newest records of the input topics and decodes them as the job does.
     *
     * @param most about how many records
     * @param patience how long reading may take
     * @param tickLength tick length of the job, which limits event times in the future; null if it
     *     is not known
     * @throws IOException if a request to the brokers or the registry fails
     */
    public NewestRecords.Extent sample(
            int most, Duration patience, Duration tickLength, Consumer<SampledRecord> out)
            throws IOException {
        KafkaEndpoints endpoints =
                tickLength == null
                        ? new KafkaEndpoints(settings, clock)
                        : new KafkaEndpoints(settings, clock, tickLength);
        return endpoints.observations().sample(most, patience, out);
    }
}
