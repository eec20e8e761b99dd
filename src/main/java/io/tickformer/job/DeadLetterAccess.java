package io.tickformer.job;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.deadletter.DeadLetterReplay;
import io.tickformer.kafka.deadletter.DeadLetterTopic;
import java.io.IOException;
import java.time.Clock;

/** Access to the dead letters of a job, by its settings. */
@Internal
public final class DeadLetterAccess {
    private final KafkaEndpoints endpoints;

    /**
     * @param settings settings of the job from {@link JobSettings#forDeadLetters}
     */
    public DeadLetterAccess(JobSettings settings) {
        this.endpoints = new KafkaEndpoints(settings, Clock.systemUTC());
    }

    /** The dead-letter topic. */
    public DeadLetterTopic topic() {
        return endpoints.deadLetterTopic();
    }

    /**
     * Creates a replay, which the caller closes.
     *
     * @throws IOException if a request to the brokers fails
     */
    public DeadLetterReplay replay() throws IOException {
        return endpoints.deadLetterReplay();
    }
}
