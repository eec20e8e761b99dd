package io.tickformer.job;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.PayloadFormat;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.kafka.encode.EncodedSize;
import io.tickformer.kafka.registry.RegistryException;
import io.tickformer.kafka.registry.SchemaRegistryClient;
import io.tickformer.kafka.sink.DeliveryMode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks the brokers and the schema registry, before the job starts, whether it can run there. */
final class KafkaPreflight {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final JobSettings settings;
    private final KafkaConnection connection;

    KafkaPreflight(JobSettings settings) {
        this.settings = settings;
        this.connection = JobConnections.kafka(settings);
    }

    /**
     * Requires the input topics, creates the output topics that are missing, and requires the
     * schema registry if a format is Avro.
     *
     * @return the number of partitions of all input topics
     * @throws OptionException if something is missing; the message says what
     */
    int requireTopics() {
        List<String> outputs = new ArrayList<>();
        for (JobOutput<?> output : JobOutput.ALL) {
            output.topicIn(settings).ifPresent(outputs::add);
        }
        try (TopicAdmin topics = new TopicAdmin(connection, PATIENCE)) {
            outputs.removeAll(inputsAmong(topics));
            if (readsAvro() || settings.get(SinkOptions.FORMAT) == PayloadFormat.AVRO) {
                requireRegistry();
            }
            Optional<String> deadLetters =
                    JobOutput.DEAD_LETTERS.topicIn(settings).filter(outputs::remove);
            if (deadLetters.isPresent()) {
                topics.createForDeadLetters(deadLetters.get(), settings.get(SourceOptions.TOPICS));
            }
            topics.createWithDefaults(outputs);
            return topics.partitions(settings.get(SourceOptions.TOPICS));
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private boolean readsAvro() {
        return settings.get(SourceOptions.FORMAT) == PayloadFormat.AVRO;
    }

    /**
     * With exactly-once delivery, asks the brokers whether transactions may last from one
     * checkpoint to the next.
     *
     * @throws OptionException if not; the message names the settings
     */
    void requireTransactions(CheckpointConfiguration checkpoints) {
        if (settings.get(SinkOptions.DELIVERY) != DeliveryMode.EXACTLY_ONCE) {
            return;
        }
        try (TopicAdmin topics = new TopicAdmin(connection, PATIENCE)) {
            checkpoints.requireTransactions(
                    JobConnections.transactionTimeout(settings), topics.longestTransaction());
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /**
     * Asks the brokers whether every forecast fits into a record of its topic. Otherwise the job
     * would restart for ever.
     *
     * @throws OptionException if not; the message says what to raise or to emit less of
     */
    void requireRoomForForecasts(int steps, int levels) {
        String topic = settings.get(SinkOptions.TOPIC);
        int needed = EncodedSize.largest(steps, levels, settings.get(SinkOptions.FORMAT));
        try {
            int limit = EncodedSize.limit(connection, topic);
            if (needed > limit) {
                throw new OptionException(
                        ("%s is %s, for records of at most %d bytes; a forecast of %d steps and %d"
                                        + " quantile levels takes up to %d: raise the topic's"
                                        + " max.message.bytes and kafka.properties.max.request.size,"
                                        + " or lower forecast.horizon or forecast.quantile-levels")
                                .formatted(
                                        SinkOptions.TOPIC.key(),
                                        topic,
                                        limit,
                                        steps,
                                        levels,
                                        needed));
            }
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /**
     * Requires the input topics, and the schema registry if it is needed to read them.
     *
     * @throws OptionException if something is missing; the message says what
     */
    void requireInputTopics() {
        try (TopicAdmin topics = new TopicAdmin(connection, PATIENCE)) {
            inputsAmong(topics);
            if (readsAvro()) {
                requireRegistry();
            }
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private void requireRegistry() {
        try {
            new SchemaRegistryClient(JobConnections.registry(settings)).check();
        } catch (RegistryException e) {
            throw new OptionException(
                    "%s is %s; %s"
                            .formatted(
                                    RegistryOptions.URL.key(),
                                    settings.shown(RegistryOptions.URL),
                                    e.getMessage()),
                    e);
        }
    }

    /** Returns the names of all topics; the input topics must be among them. */
    @CanIgnoreReturnValue
    private Set<String> inputsAmong(TopicAdmin topics) throws IOException {
        Set<String> there = topics.names();
        for (String topic : settings.get(SourceOptions.TOPICS)) {
            if (!there.contains(topic)) {
                throw missing(topic, there);
            }
        }
        return there;
    }

    private OptionException unreachable(IOException e) {
        return new OptionException(
                "%s is %s; %s"
                        .formatted(
                                KafkaOptions.BOOTSTRAP_SERVERS.key(),
                                connection.bootstrapServers(),
                                e.getMessage()),
                e);
    }

    private OptionException missing(String topic, Set<String> there) {
        String near =
                NearestName.to(topic, there).map(name -> "; did you mean " + name + "?").orElse("");
        return new OptionException(
                "%s has %s, but the brokers at %s have no such topic%s"
                        .formatted(
                                SourceOptions.TOPICS.key(),
                                topic,
                                connection.bootstrapServers(),
                                near));
    }
}
