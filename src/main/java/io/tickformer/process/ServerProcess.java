package io.tickformer.process;

import io.tickformer.console.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A server in a Java process of its own, with a temporary folder that is deleted with it. */
final class ServerProcess implements AutoCloseable {
    /** JVM option by which a broker or ZooKeeper logs to standard output. */
    static final String LOGGING =
            "-Dlog4j2.configurationFile=io/tickformer/process/log4j2-broker.xml";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final TemporaryFolder directory;
    private final JavaProcess process;

    private ServerProcess(TemporaryFolder directory, JavaProcess process) {
        this.directory = directory;
        this.process = process;
    }

    /**
     * Starts a server and returns at once.
     *
     * @param name what messages call it: "schema registry"
     * @param shortName starts the names of its temporary folder and of its log: "registry"
     * @param neededBytes free disk space that it needs
     * @param log file for its log, or null for one in its temporary folder
     * @param jvmArguments options, class path, main class and arguments, given the temporary folder
     * @throws UserError if the disk is full or the process cannot be started
     */
    static ServerProcess start(
            String name,
            String shortName,
            long neededBytes,
            Path log,
            Function<TemporaryFolder, List<String>> jvmArguments) {
        TemporaryFolder directory =
                TemporaryFolder.create("tickformer-%s-".formatted(shortName), neededBytes);
        boolean started = false;
        try {
            JavaProcess process =
                    JavaProcess.start(
                            name,
                            jvmArguments.apply(directory),
                            log == null ? directory.path().resolve(shortName + ".log") : log);
            started = true;
            return new ServerProcess(directory, process);
        } finally {
            if (!started) {
                directory.close();
            }
        }
    }

    /**
     * The arguments of a small virtual machine that ends with this process.
     *
     * @param heap largest heap, such as 512m
     * @param more options, the class path, the main class and its arguments
     */
    static List<String> jvmArguments(String heap, TemporaryFolder directory, List<String> more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-Xmx" + heap,
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                directory.watchOption()));
        arguments.addAll(more);
        return arguments;
    }

    /**
     * Waits until the server answers.
     *
     * @throws UserError if it does not come up; it is then closed
     */
    void awaitReady(BooleanSupplier ready) {
        boolean isReady = false;
        try {
            process.awaitReady(ready, PATIENCE);
            isReady = true;
        } finally {
            if (!isReady) {
                close();
            }
        }
    }

    JavaProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
        directory.close();
    }
}
