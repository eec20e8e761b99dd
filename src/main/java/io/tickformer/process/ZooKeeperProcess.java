package io.tickformer.process;

import io.tickformer.annotation.Internal;
import io.tickformer.console.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A ZooKeeper server, alone in its ensemble, in a process of its own: the one that Flink brings for
 * its high availability. It listens on the loopback interface only.
 */
@Internal
public final class ZooKeeperProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final JavaProcess process;
    private final int port;

    private ZooKeeperProcess(JavaProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a server and waits until it accepts connections.
     *
     * @param directory gets its settings and data; deleted by it if this process is killed
     * @param log file for its log
     * @throws UserError if it does not come up or the class path is missing
     */
    public static ZooKeeperProcess start(
            Installation installation, TemporaryFolder directory, Path log) {
        int port = Ports.free();
        Path data = directory.path().resolve("zookeeper");
        Path settings = data.resolve("zoo.cfg");
        try {
            Files.createDirectories(data);
            Files.writeString(
                    settings,
                    """
                    clientPort=%d
                    clientPortAddress=127.0.0.1
                    dataDir=%s
                    tickTime=500
                    admin.enableServer=false
                    """
                            .formatted(port, data.toString().replace("\\", "\\\\")));
        } catch (IOException e) {
            throw new UserError(settings + " cannot be written: " + e.getMessage(), e);
        }
        JavaProcess process =
                JavaProcess.start(
                        "ZooKeeper",
                        ServerProcess.jvmArguments(
                                "128m",
                                directory,
                                List.of(
                                        ServerProcess.LOGGING,
                                        "-cp",
                                        installation.zooKeeperClassPath(),
                                        ParentProcessWatcher.class.getName(),
                                        "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer",
                                        "--zkConfigFile",
                                        settings.toString(),
                                        "--peerId",
                                        "1")),
                        log);
        process.awaitReady(() -> Ports.accepts(port), PATIENCE);
        return new ZooKeeperProcess(process, port);
    }

    /** Address for clients, {@code host:port}. */
    public String quorum() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.close();
    }
}
