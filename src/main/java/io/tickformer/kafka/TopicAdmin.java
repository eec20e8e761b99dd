package io.tickformer.kafka;

import io.tickformer.annotation.Internal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates topics and reads their settings, over Kafka's admin client. */
@Internal
public final class TopicAdmin implements AutoCloseable {
    private static final int ROOM_FOR_REASONS = 128 * 1024;
    private static final String LONGEST_TRANSACTION = "transaction.max.timeout.ms";

    private final KafkaConnection connection;
    private final Admin admin;

    /** Connects on first use. No call takes longer than {@code timeout}. */
    public TopicAdmin(String bootstrapServers, Duration timeout) throws IOException {
        this(KafkaConnection.of(bootstrapServers), timeout);
    }

    /**
     * As above, with further properties of the client.
     *
     * @throws IOException if Kafka does not accept the properties; the message says why
     */
    public TopicAdmin(KafkaConnection connection, Duration timeout) throws IOException {
        this.connection = connection;
        this.admin = connection.admin(timeout);
    }

    /**
     * Creates the topics that do not exist yet, with unlimited retention: replayed data has old
     * event times.
     *
     * @param names the topics
     * @param partitions number of partitions of each
     * @param replication replication factor, at most the number of brokers
     * @throws IOException if the broker cannot be reached or refuses; the message says which
     */
    public void create(List<String> names, int partitions, int replication) throws IOException {
        List<NewTopic> topics = new ArrayList<>();
        for (String name : names) {
            topics.add(
                    new NewTopic(name, partitions, (short) replication)
                            .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1")));
        }
        create(topics);
    }

    /**
     * Creates the topics that do not exist yet, with the broker's defaults.
     *
     * @throws IOException if the broker cannot be reached or refuses; the message says which
     */
    public void createWithDefaults(List<String> names) throws IOException {
        List<NewTopic> topics = new ArrayList<>();
        for (String name : names) {
            topics.add(new NewTopic(name, Optional.empty(), Optional.empty()));
        }
        create(topics);
    }

    /**
     * Creates a dead-letter topic if it does not exist, with the broker's defaults except for the
     * record size: each record of an input topic fits in, together with the headers that describe
     * it.
     *
     * @throws IOException if the broker cannot be reached or refuses; the message says which
     */
    public void createForDeadLetters(String name, Collection<String> inputs) throws IOException {
        int largest = RecordSizeLimit.DEFAULT;
        for (String input : inputs) {
            largest = Math.max(largest, largestBatch(input).orElse(0));
        }
        int limit = (int) Math.min(Integer.MAX_VALUE, (long) largest + ROOM_FOR_REASONS);
        create(
                List.of(
                        new NewTopic(name, Optional.empty(), Optional.empty())
                                .configs(
                                        Map.of(
                                                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                                                Integer.toString(limit)))));
    }

    /**
     * The largest record batch of a topic in bytes; empty if the topic does not exist or this
     * client may not read its settings.
     *
     * @throws IOException if the broker cannot be reached
     */
    public OptionalInt largestBatch(String topic) throws IOException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            ConfigEntry entry =
                    admin.describeConfigs(List.of(resource))
                            .all()
                            .get()
                            .get(resource)
                            .get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
            return entry == null
                    ? OptionalInt.empty()
                    : OptionalInt.of(Integer.parseInt(entry.value()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException
                    || e.getCause() instanceof AuthorizationException) {
                return OptionalInt.empty();
            }
            throw failed("the settings of topic " + topic + " cannot be read", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * The brokers' limit on the duration of a transaction; empty if this client may not read it.
     *
     * @throws IOException if the broker cannot be reached
     */
    public Optional<Duration> longestTransaction() throws IOException {
        try {
            for (Node node : admin.describeCluster().nodes().get()) {
                ConfigResource resource =
                        new ConfigResource(ConfigResource.Type.BROKER, node.idString());
                ConfigEntry entry =
                        admin.describeConfigs(List.of(resource))
                                .all()
                                .get()
                                .get(resource)
                                .get(LONGEST_TRANSACTION);
                if (entry != null && entry.value() != null) {
                    return Optional.of(Duration.ofMillis(Long.parseLong(entry.value())));
                }
            }
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return Optional.empty();
            }
            throw failed("the settings of the brokers cannot be read", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void create(List<NewTopic> topics) throws IOException {
        for (Map.Entry<String, KafkaFuture<Void>> created :
                admin.createTopics(topics).values().entrySet()) {
            try {
                created.getValue().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw failed("topic " + created.getKey() + " cannot be created", e);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    /**
     * The names of all topics.
     *
     * @throws IOException if the broker cannot be reached
     */
    public Set<String> names() throws IOException {
        try {
            return admin.listTopics().names().get();
        } catch (ExecutionException e) {
            throw failed("topics cannot be listed", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * The total number of partitions of existing topics.
     *
     * @throws IOException if the broker cannot be reached or one of them does not exist
     */
    public int partitions(Collection<String> names) throws IOException {
        try {
            int partitions = 0;
            for (TopicDescription topic :
                    admin.describeTopics(names).allTopicNames().get().values()) {
                partitions += topic.partitions().size();
            }
            return partitions;
        } catch (ExecutionException e) {
            throw failed("topics cannot be described", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private IOException failed(String what, ExecutionException e) {
        return connection.failed(what, e.getCause());
    }

    private IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted while waiting for " + connection.bootstrapServers(), e);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
