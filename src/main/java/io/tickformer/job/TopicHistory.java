package io.tickformer.job;

import io.tickformer.event.Observation;
import io.tickformer.kafka.source.TopicReadSummary;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * What the input topics of a job hold already, for whoever wants to learn from it: found, reached
 * and decoded by the settings of the job.
 */
public final class TopicHistory {
    private TopicHistory() {}

    /**
     * Reads the topics from their earliest offsets to their ends as they are now.
     *
     * @param settings of the job, as {@link JobSettings#forReading} gives them
     * @param out takes the observations; those of a partition in their order
     * @throws OptionException if the brokers are not there or have no such topic
     * @throws IOException if the brokers or the registry cannot be asked or refuse
     */
    public static TopicReadSummary read(
            JobSettings settings, Clock clock, Consumer<Observation> out) throws IOException {
        KafkaEndpoints endpoints = new KafkaEndpoints(settings, clock);
        new KafkaPreflight(settings).requireInputTopics();
        return endpoints.observations().read(out);
    }
}
