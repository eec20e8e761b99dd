package io.tickformer.cli.doctor;

import io.tickformer.job.JobConnections;
import io.tickformer.job.KafkaOptions;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.topic.ClusterProbe;
import io.tickformer.monitoring.ReadableNumbers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Connects to the brokers, first at the given addresses and then at those that they advertise.
 * Clients use the latter for everything but the first request.
 */
final class BrokersCheck implements Check {
    private static final int MOST_CONNECTIONS = 20;
    private static final int MOST_MILLIS = 2_000;

    @Override
    public List<Subject> subjects() {
        return List.of(Subject.BROKERS);
    }

    @Override
    public void run(Examination examination, Findings findings) {
        Optional<String> servers = examination.settings().find(KafkaOptions.BOOTSTRAP_SERVERS);
        if (servers.filter(text -> !text.isBlank()).isEmpty()) {
            findings.skipped(Subject.BROKERS, "kafka.bootstrap-servers is not set");
            return;
        }
        KafkaConnection connection = JobConnections.kafka(examination.settings());
        ClusterProbe.Cluster cluster;
        try (ClusterProbe probe = new ClusterProbe(connection, examination.timeout())) {
            cluster = probe.cluster();
        } catch (IOException e) {
            findings.problem(
                    Subject.BROKERS,
                    e.getMessage(),
                    "start the brokers, or correct kafka.bootstrap-servers and the settings under"
                            + " kafka.properties");
            return;
        }
        int millis = (int) Math.min(MOST_MILLIS, examination.timeout().toMillis());
        boolean reached = false;
        for (ClusterProbe.Broker broker :
                cluster.brokers()
                        .subList(0, Math.min(MOST_CONNECTIONS, cluster.brokers().size()))) {
            Optional<String> failure = failureToConnect(broker, millis);
            reached |= failure.isEmpty();
            failure.ifPresent(
                    why ->
                            findings.problem(
                                    Subject.BROKERS,
                                    "broker %d advertises %s:%d, which cannot be reached from here (%s)"
                                            .formatted(
                                                    broker.id(), broker.host(), broker.port(), why),
                                    "set advertised.listeners of the broker to an address that all"
                                            + " machines of the job can reach"));
        }
        if (reached) {
            examination.brokersDoAnswer();
        }
        if (!findings.has(Subject.BROKERS)) {
            findings.ok(Subject.BROKERS, description(servers.get(), connection, cluster));
        }
    }

    private static Optional<String> failureToConnect(ClusterProbe.Broker broker, int millis) {
        try (Socket socket = new Socket()) {
            InetSocketAddress address = new InetSocketAddress(broker.host(), broker.port());
            if (address.isUnresolved()) {
                return Optional.of("its name is unknown here");
            }
            socket.connect(address, millis);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static String description(
            String servers, KafkaConnection connection, ClusterProbe.Cluster cluster) {
        Map<String, String> properties = connection.properties();
        String protocol = properties.getOrDefault("security.protocol", "PLAINTEXT");
        String mechanism =
                protocol.startsWith("SASL")
                        ? " with " + properties.getOrDefault("sasl.mechanism", "GSSAPI")
                        : "";
        return "%s: cluster %s of %s%s, over %s%s"
                .formatted(
                        servers,
                        cluster.id(),
                        ReadableNumbers.number(cluster.brokers().size(), "broker"),
                        cluster.release().isEmpty()
                                ? ""
                                : " with the features of Kafka " + cluster.release(),
                        protocol,
                        mechanism);
    }
}
