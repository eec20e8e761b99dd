package io.tickformer.process;

import io.tickformer.annotation.Internal;
import io.tickformer.console.UserError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A real schema registry that speaks the Confluent protocol, in a process of its own. It listens on
 * the loopback interface only and keeps its schemas in memory, unless it is given a file for them.
 */
@Internal
public final class RegistryProcess implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final long NEEDED_BYTES = 16L << 20;
    private static final int OK = 200;

    private final ServerProcess server;
    private final int port;

    private RegistryProcess(ServerProcess server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Starts a registry on a free port and waits for it. Its log is in its temporary folder. */
    public static RegistryProcess start() {
        RegistryProcess registry = launch(Installation.current(), 0, null);
        registry.awaitReady();
        return registry;
    }

    /**
     * Starts a registry and returns at once, so that other servers can start in the meantime. Call
     * {@link #awaitReady()} before using it.
     *
     * @param port port to listen on, 0 for a free one
     * @param log file for its log, or null for one in a temporary folder
     * @throws UserError if the port is in use, the disk is full or the installation has no registry
     */
    public static RegistryProcess launch(Installation installation, int port, Path log) {
        return launch(installation, port, log, Map.of());
    }

    /**
     * Starts a registry that keeps its schemas and their ids in a file, so that they survive a
     * restart.
     *
     * @param database the file without its extension; created if it does not exist
     */
    public static RegistryProcess launch(
            Installation installation, int port, Path log, Path database) {
        return launch(
                installation,
                port,
                log,
                Map.of(
                        "apicurio.datasource.url",
                        // A schema is in the file before the registry answers, not half a second
                        // later.
                        "jdbc:h2:file:" + database + ";WRITE_DELAY=0",
                        // By default twenty connections, for which a busy machine takes longer
                        // than the registry waits.
                        "apicurio.datasource.jdbc.initial-size",
                        "1",
                        "apicurio.datasource.jdbc.min-size",
                        "1"));
    }

    private static RegistryProcess launch(
            Installation installation, int port, Path log, Map<String, String> properties) {
        String classPath = installation.registryClassPath();
        int clientPort = Ports.claim(port, "schema registry");
        ServerProcess server =
                ServerProcess.start(
                        "schema registry",
                        "registry",
                        NEEDED_BYTES,
                        log,
                        directory -> arguments(classPath, clientPort, properties, directory));
        return new RegistryProcess(server, clientPort);
    }

    private static List<String> arguments(
            String classPath, int port, Map<String, String> properties, TemporaryFolder directory) {
        List<String> arguments = new ArrayList<>();
        properties.forEach((key, value) -> arguments.add("-D" + key + "=" + value));
        arguments.addAll(
                List.of(
                        "-Djava.io.tmpdir=" + directory.path(),
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        // The management interface would listen on all addresses.
                        "-Dquarkus.management.host=127.0.0.1",
                        "-Dquarkus.management.port=" + Ports.free(),
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-cp",
                        classPath,
                        ParentProcessWatcher.class.getName(),
                        "io.quarkus.runner.GeneratedMain"));
        return ServerProcess.jvmArguments("400m", directory, arguments);
    }

    /**
     * Waits until it answers.
     *
     * @throws UserError if it does not come up; it is then closed
     */
    public void awaitReady() {
        HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url() + "/subjects")).timeout(ANSWER).build();
        server.awaitReady(() -> answers(client, request));
    }

    /** Base address of the Confluent-compatible interface. */
    public String url() {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    /** The process, to look at or to kill. */
    public JavaProcess process() {
        return server.process();
    }

    @Override
    public void close() {
        server.close();
    }

    private static boolean answers(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted while waiting for the schema registry", e);
        }
    }
}
