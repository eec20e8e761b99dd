package io.tickformer.kafka.topic;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.KafkaConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Asks the brokers what a job depends on, over Kafka's admin client. It changes nothing. No call
 * takes longer than the timeout.
 */
@Internal
public final class ClusterProbe implements AutoCloseable {
    private static final String METADATA_VERSION = "metadata.version";
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final KafkaConnection connection;
    private final Duration timeout;
    private final Admin admin;

    /**
     * What the brokers say of themselves.
     *
     * @param id id of the cluster
     * @param brokers the brokers with the addresses that they advertise
     * @param release the Kafka release of the cluster's features, such as {@code 4.1}; empty if
     *     unknown
     * @param mayCreateTopics whether this user may create topics
     */
    public record Cluster(
            String id, List<Broker> brokers, String release, Permission mayCreateTopics) {
        public Cluster {
            brokers = List.copyOf(brokers);
        }
    }

    /**
     * A broker.
     *
     * @param id its id
     * @param host the host that it advertises
     * @param port the port that it advertises
     */
    public record Broker(int id, String host, int port) {}

    /**
     * A topic.
     *
     * @param partitions number of partitions
     * @param replication number of replicas of the first partition
     * @param withoutLeader partitions that have no leader
     * @param belowMinimum partitions with fewer replicas in sync than the topic requires for writes
     * @param retentionMillis how long records are kept; negative for ever; empty if unknown
     * @param isCompacted whether old records of a key are deleted
     * @param mayRead whether this user may read it
     * @param mayWrite whether this user may write to it
     */
    public record Topic(
            int partitions,
            int replication,
            int withoutLeader,
            int belowMinimum,
            OptionalLong retentionMillis,
            boolean isCompacted,
            Permission mayRead,
            Permission mayWrite) {}

    /**
     * Creates a client. It connects on first use.
     *
     * @throws IOException if Kafka does not accept the properties of the connection
     */
    public ClusterProbe(KafkaConnection connection, Duration timeout) throws IOException {
        this.connection = connection;
        this.timeout = timeout;
        this.admin = connection.admin(timeout);
    }

    /**
     * Describes the cluster.
     *
     * @throws IOException if no broker answers, or they reject this user
     */
    public Cluster cluster() throws IOException {
        DescribeClusterResult result =
                admin.describeCluster(
                        new DescribeClusterOptions().includeAuthorizedOperations(true));
        List<Broker> brokers = new ArrayList<>();
        for (Node node : get("the cluster cannot be described", result.nodes())) {
            brokers.add(new Broker(node.id(), node.host(), node.port()));
        }
        return new Cluster(
                get("the cluster cannot be described", result.clusterId()),
                brokers,
                release(),
                Permission.in(
                        get("the cluster cannot be described", result.authorizedOperations()),
                        AclOperation.CREATE));
    }

    private String release() throws IOException {
        try {
            FinalizedVersionRange range =
                    admin.describeFeatures()
                            .featureMetadata()
                            .get(timeout.toMillis(), TimeUnit.MILLISECONDS)
                            .finalizedFeatures()
                            .get(METADATA_VERSION);
            return range == null ? "" : KafkaRelease.of(range.maxVersionLevel());
        } catch (ExecutionException | TimeoutException e) {
            // Brokers before 2.7 have no features. It is not worth a failure.
            return "";
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * The names of the topics that this user may see.
     *
     * @throws IOException if the brokers do not answer
     */
    public Set<String> names() throws IOException {
        return new TreeSet<>(get("topics cannot be listed", admin.listTopics().names()));
    }

    /**
     * Describes existing topics.
     *
     * @throws IOException if the brokers do not answer, or a topic does not exist
     */
    public Map<String, Topic> topics(Collection<String> names) throws IOException {
        Map<String, TopicDescription> found =
                get(
                        "topics cannot be described",
                        admin.describeTopics(
                                        names,
                                        new DescribeTopicsOptions()
                                                .includeAuthorizedOperations(true))
                                .allTopicNames());
        Map<String, Topic> topics = new LinkedHashMap<>();
        for (String name : names) {
            topics.put(name, topic(found.get(name), settings(name)));
        }
        return topics;
    }

    private static Topic topic(TopicDescription found, Map<String, String> settings) {
        int minimum = number(settings, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).orElse(1);
        int withoutLeader = 0;
        int below = 0;
        for (TopicPartitionInfo partition : found.partitions()) {
            if (partition.leader() == null || partition.leader().isEmpty()) {
                withoutLeader++;
            } else if (partition.isr().size() < minimum) {
                below++;
            }
        }
        String retention = settings.get(TopicConfig.RETENTION_MS_CONFIG);
        String policy = settings.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "");
        return new Topic(
                found.partitions().size(),
                found.partitions().get(0).replicas().size(),
                withoutLeader,
                below,
                retention == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(Long.parseLong(retention)),
                policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT),
                Permission.in(found.authorizedOperations(), AclOperation.READ),
                Permission.in(found.authorizedOperations(), AclOperation.WRITE));
    }

    private static OptionalInt number(Map<String, String> settings, String name) {
        String value = settings.get(name);
        return value == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(value));
    }

    /** The settings of a topic; empty if this user may not read them. */
    private Map<String, String> settings(String topic) throws IOException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Config config =
                    admin.describeConfigs(List.of(resource))
                            .all()
                            .get(timeout.toMillis(), TimeUnit.MILLISECONDS)
                            .get(resource);
            Map<String, String> settings = new LinkedHashMap<>();
            for (ConfigEntry entry : config.entries()) {
                settings.put(entry.name(), entry.value());
            }
            return settings;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException
                    || e.getCause() instanceof UnsupportedVersionException) {
                return Map.of();
            }
            throw connection.failed(
                    "the settings of topic " + topic + " cannot be read", e.getCause());
        } catch (TimeoutException e) {
            throw connection.failed("the settings of topic " + topic + " cannot be read", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Whether this user may read with a consumer group. */
    public Permission mayUseGroup(String group) throws IOException {
        try {
            return Permission.in(
                    admin.describeConsumerGroups(
                                    List.of(group),
                                    new DescribeConsumerGroupsOptions()
                                            .includeAuthorizedOperations(true))
                            .describedGroups()
                            .get(group)
                            .get(timeout.toMillis(), TimeUnit.MILLISECONDS)
                            .authorizedOperations(),
                    AclOperation.READ);
        } catch (ExecutionException e) {
            // A group that does not exist yet has no description.
            return e.getCause() instanceof AuthorizationException
                    ? Permission.NO
                    : Permission.UNKNOWN;
        } catch (TimeoutException e) {
            return Permission.UNKNOWN;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private <T> T get(String failure, KafkaFuture<T> future) throws IOException {
        try {
            // Twice: the client's own timeout has the better message.
            return future.get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw connection.failed(failure, e.getCause());
        } catch (TimeoutException e) {
            throw connection.failed(failure, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted while waiting for " + connection.bootstrapServers(), e);
    }

    @Override
    public void close() {
        admin.close(CLOSE);
    }
}
