package io.tickformer.job;

import io.tickformer.kafka.deadletter.DeadLetterReplay;
import io.tickformer.kafka.deadletter.DeadLetterTopic;
import java.io.IOException;
import java.time.Clock;

/** The dead letters of a job. */
public final class JobDeadLetters {
    private final KafkaEndpoints endpoints;

    /**
     * @param settings of the job, as {@link JobSettings#forDeadLetters} gives them
     */
    public JobDeadLetters(JobSettings settings) {
        this.endpoints = new KafkaEndpoints(settings, Clock.systemUTC());
    }

    /** The dead-letter topic. */
    public DeadLetterTopic topic() {
        return endpoints.deadLetterTopic();
    }

    /**
     * Replays dead letters; the caller closes it.
     *
     * @throws IOException if the brokers cannot be asked, or refuse
     */
    public DeadLetterReplay replay() throws IOException {
        return endpoints.deadLetterReplay();
    }
}
