package io.tickformer.job;

import io.tickformer.annotation.Public;
import io.tickformer.event.Observation;
import io.tickformer.kafka.source.ObservationFollower;
import io.tickformer.kafka.source.TopicReadSummary;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * Reads the history in the input topics of a job, for training for example, by the settings of the
 * job.
 */
@Public
public final class InputTopicsReader {
    private InputTopicsReader() {}

    /**
     * Reads the topics from their earliest offsets to their current ends.
     *
     * @param settings settings of the job from {@link JobSettings#forReading}
     * @param out receives the observations, in order within a partition
     * @throws OptionException if the brokers are unreachable or a topic does not exist
     * @throws IOException if a request to the brokers or the registry fails
     */
    public static TopicReadSummary read(
            JobSettings settings, Clock clock, Consumer<Observation> out) throws IOException {
        KafkaEndpoints endpoints = new KafkaEndpoints(settings, clock);
        new KafkaPreflight(settings).requireInputTopics();
        return endpoints.observations().read(out);
    }

    /**
     * Reads the newest observations of the topics, and those that come. The caller closes it.
     *
     * @param settings settings of the job
     * @param newest number of records of each partition to begin with
     */
    public static ObservationFollower follow(JobSettings settings, Clock clock, long newest) {
        return new KafkaEndpoints(settings, clock).observations().follow(newest);
    }
}
