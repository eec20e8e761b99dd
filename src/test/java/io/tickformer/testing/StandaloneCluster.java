package io.tickformer.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A Flink cluster of several processes: a JobManager and TaskManagers, each a JVM of its own whose
 * class path holds what a Flink distribution has in its {@code lib} folder and nothing else. So a
 * class that is missing from the job jar is missing here too.
 */
public final class StandaloneCluster implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration SUBMIT = Duration.ofMinutes(2);

    private static final Pattern REST = Pattern.compile("Rest endpoint listening at [^:]+:(\\d+)");
    private static final Pattern RPC = Pattern.compile("Actor system started at .*:(\\d+)");
    private static final Pattern REGISTERED =
            Pattern.compile("Successful registration at resource manager");
    private static final Pattern SUBMITTED =
            Pattern.compile("Job has been submitted with JobID (\\p{XDigit}{32})");

    private static final List<String> OPENED =
            List.of(
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.net=ALL-UNNAMED",
                    "--add-opens=java.base/java.nio=ALL-UNNAMED");

    private final Path conf;
    private final List<Path> classPath;
    private final List<WatchedProcess> taskManagers = new ArrayList<>();
    private final WatchedProcess jobManager;
    private final int restPort;

    private StandaloneCluster(
            Path home, String entrypoint, List<Path> extra, List<String> arguments)
            throws IOException, InterruptedException {
        this.conf = Files.createDirectories(home.resolve("conf"));
        this.classPath = distribution();
        Files.createDirectories(home.resolve("checkpoints"));
        Files.writeString(conf.resolve("log4j-console.properties"), logging());
        Files.writeString(conf.resolve("config.yaml"), configuration(home, 0, 0));

        List<Path> withExtra = new ArrayList<>(classPath);
        withExtra.addAll(extra);
        List<String> command = new ArrayList<>(List.of(entrypoint, "--configDir", conf.toString()));
        command.addAll(arguments);
        this.jobManager =
                WatchedProcess.start("JobManager", jvm(384), withExtra, Map.of(), command);
        try {
            int rpc = Integer.parseInt(jobManager.awaitLine(RPC, START).group(1));
            this.restPort = Integer.parseInt(jobManager.awaitLine(REST, START).group(1));
            Files.writeString(conf.resolve("config.yaml"), configuration(home, rpc, restPort));
            startTaskManager();
        } catch (RuntimeException | IOException | InterruptedException failed) {
            close();
            throw failed;
        }
    }

    /** A session cluster, to which jobs are submitted. */
    public static StandaloneCluster session(Path home) throws IOException, InterruptedException {
        return new StandaloneCluster(
                home,
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                List.of(),
                List.of());
    }

    /** A cluster in Application mode: its JobManager runs the job of the jar on its class path. */
    public static StandaloneCluster application(
            Path home, Path jobJar, String jobClass, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--job-classname", jobClass));
        all.addAll(arguments);
        return new StandaloneCluster(
                home,
                "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint",
                List.of(jobJar),
                all);
    }

    /** Adds a TaskManager and waits for its registration. */
    public WatchedProcess startTaskManager() throws IOException, InterruptedException {
        WatchedProcess started =
                WatchedProcess.start(
                        "TaskManager",
                        jvm(512),
                        classPath,
                        Map.of(),
                        List.of(
                                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                                "--configDir",
                                conf.toString()));
        taskManagers.add(started);
        started.awaitLine(REGISTERED, START);
        return started;
    }

    /** Submits a jar as {@code flink run -d} does, and returns the job's id. */
    public String run(Path jobJar, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("run", "-d", jobJar.toString()));
        all.addAll(arguments);
        try (WatchedProcess client = client(all)) {
            return client.awaitLine(SUBMITTED, SUBMIT).group(1);
        }
    }

    /** Cancels a job as {@code flink cancel} does. */
    public void cancel(String jobId) throws IOException, InterruptedException {
        try (WatchedProcess client = client(List.of("cancel", jobId))) {
            client.awaitEnd(SUBMIT);
        }
    }

    private WatchedProcess client(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("org.apache.flink.client.cli.CliFrontend"));
        command.addAll(arguments);
        return WatchedProcess.start(
                "flink " + arguments.get(0),
                jvm(256),
                classPath,
                Map.of("FLINK_CONF_DIR", conf.toString()),
                command);
    }

    public WatchedProcess taskManager() {
        return taskManagers.get(taskManagers.size() - 1);
    }

    public WatchedProcess jobManager() {
        return jobManager;
    }

    public int restPort() {
        return restPort;
    }

    @Override
    public void close() {
        for (WatchedProcess each : taskManagers) {
            each.close();
        }
        jobManager.close();
    }

    private List<String> jvm(int megabytes) {
        List<String> options = new ArrayList<>(OPENED);
        options.add("-Xmx" + megabytes + "m");
        options.add("-XX:+UseSerialGC");
        options.add("-XX:TieredStopAtLevel=1");
        options.add("-Dlog4j.configurationFile=" + conf.resolve("log4j-console.properties"));
        return options;
    }

    /**
     * The provided dependencies, and what a distribution holds of those the job jar has as well.
     */
    private static List<Path> distribution() throws IOException {
        Path listed = Path.of(BuildOutput.require("tickformer.cluster.classpath"));
        List<Path> jars = new ArrayList<>();
        for (String jar : Files.readString(listed).trim().split(File.pathSeparator, -1)) {
            jars.add(Path.of(jar));
        }
        jars.add(WatchedProcess.homeOf(org.apache.commons.lang3.StringUtils.class));
        jars.add(WatchedProcess.homeOf(org.apache.commons.io.IOUtils.class));
        jars.add(WatchedProcess.homeOf(org.apache.commons.compress.utils.IOUtils.class));
        jars.add(WatchedProcess.homeOf(org.xerial.snappy.Snappy.class));
        jars.add(WatchedProcess.homeOf(net.jpountz.lz4.LZ4Factory.class));
        return jars;
    }

    private static String configuration(Path home, int rpcPort, int restPort) {
        return """
                jobmanager.rpc.address: localhost
                jobmanager.bind-host: localhost
                jobmanager.rpc.port: %d
                jobmanager.memory.process.size: 900m
                rest.address: localhost
                rest.bind-address: localhost
                rest.port: %d
                rest.bind-port: "%d"
                taskmanager.host: localhost
                taskmanager.bind-host: localhost
                taskmanager.numberOfTaskSlots: 2
                taskmanager.cpu.cores: 2
                taskmanager.memory.task.heap.size: 256m
                taskmanager.memory.task.off-heap.size: 128m
                taskmanager.memory.framework.heap.size: 128m
                taskmanager.memory.framework.off-heap.size: 128m
                taskmanager.memory.managed.size: 64m
                taskmanager.memory.network.min: 32m
                taskmanager.memory.network.max: 32m
                taskmanager.memory.jvm-metaspace.size: 256m
                taskmanager.memory.jvm-overhead.min: 192m
                taskmanager.memory.jvm-overhead.max: 192m
                external-resources: none
                execution.checkpointing.dir: %s
                io.tmp.dirs: %s
                """
                .formatted(rpcPort, restPort, restPort, home.resolve("checkpoints").toUri(), home);
    }

    private static String logging() {
        return """
                rootLogger.level = INFO
                rootLogger.appenderRef.console.ref = Console
                appender.console.name = Console
                appender.console.type = Console
                appender.console.layout.type = PatternLayout
                appender.console.layout.pattern = %d{HH:mm:ss} %-5p %c{1} %m%n%ex
                logger.kafka.name = org.apache.kafka
                logger.kafka.level = WARN
                """;
    }
}
