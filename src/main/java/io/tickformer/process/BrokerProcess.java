package io.tickformer.process;

import io.tickformer.annotation.Internal;
import io.tickformer.console.UserError;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A real Kafka broker, alone in its cluster, in a process of its own. It listens on the loopback
 * interface only, keeps its data in a temporary folder that is deleted with it, and never deletes
 * records by age, because replayed history is old.
 */
@Internal
public final class BrokerProcess implements AutoCloseable {
    private static final long NEEDED_BYTES = 256L << 20;

    private final ServerProcess server;
    private final int port;

    private BrokerProcess(ServerProcess server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Starts a broker on a free port. Its log is in its temporary folder. */
    public static BrokerProcess start() {
        return start(Installation.current(), 0, null, Map.of());
    }

    /**
     * Starts a broker and waits until it accepts connections.
     *
     * @param port port to listen on, 0 for a free one
     * @param log file for its log, or null for one in its temporary folder
     * @param properties broker properties, added to the defaults or replacing them
     * @throws UserError if the port is in use, the disk is full, the class path is missing or the
     *     broker does not come up
     */
    public static BrokerProcess start(
            Installation installation, int port, Path log, Map<String, String> properties) {
        String classPath = installation.brokerClassPath();
        int clientPort = Ports.claim(port, "broker");
        ServerProcess server =
                ServerProcess.start(
                        "broker",
                        "broker",
                        NEEDED_BYTES,
                        log,
                        directory -> arguments(classPath, clientPort, properties, directory));
        server.awaitReady(() -> Ports.accepts(clientPort));
        return new BrokerProcess(server, clientPort);
    }

    private static List<String> arguments(
            String classPath, int port, Map<String, String> properties, TemporaryFolder directory) {
        Path file = directory.path().resolve("server.properties");
        Map<String, String> all = defaults(port, Ports.free(), directory.path());
        all.putAll(properties);
        write(all, file);
        return ServerProcess.jvmArguments(
                "512m",
                directory,
                List.of(
                        ServerProcess.LOGGING,
                        "-cp",
                        classPath,
                        BrokerMain.class.getName(),
                        clusterId(),
                        file.toString()));
    }

    /** Address for clients, {@code host:port}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** The process, to look at or to kill. */
    public JavaProcess process() {
        return server.process();
    }

    @Override
    public void close() {
        server.close();
    }

    private static Map<String, String> defaults(int port, int controllerPort, Path directory) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                        .formatted(port, controllerPort));
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        properties.put(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("inter.broker.listener.name", "PLAINTEXT");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("log.dirs", directory.resolve("data").toString());
        properties.put("num.partitions", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("log.retention.ms", "-1");
        // A record of any age or from the future is the job's to judge, not the broker's.
        properties.put("log.message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE));
        // Small files: every partition allocates its indexes in advance.
        properties.put("log.index.size.max.bytes", "1048576");
        properties.put("log.cleaner.dedupe.buffer.size", "8388608");
        return properties;
    }

    /** As the broker names a cluster: a random 16 byte number in URL-safe base 64. */
    private static String clusterId() {
        UUID id = UUID.randomUUID();
        byte[] bytes =
                java.nio.ByteBuffer.allocate(16)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void write(Map<String, String> properties, Path file) {
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, String> property : properties.entrySet()) {
                // Only backslashes need care: paths of Windows have them.
                writer.write(
                        property.getKey() + "=" + property.getValue().replace("\\", "\\\\") + "\n");
            }
        } catch (IOException e) {
            throw new UserError(file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
