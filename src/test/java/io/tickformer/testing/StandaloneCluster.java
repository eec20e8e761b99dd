package io.tickformer.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A Flink cluster of several processes: a JobManager and a TaskManager, each a JVM of its own whose
 * class path holds what a Flink distribution has in its {@code lib} folder and nothing else. So a
 * class that is missing from the job jar is missing here too.
 *
 * <p>The folder given has the layout of a distribution: {@code conf}, {@code lib} for jars that
 * belong to the installation, {@code usrlib} for those of the job.
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

    private final Path home;
    private final Path conf;
    private final List<Path> classPath;
    private final WatchedProcess jobManager;
    private final int restPort;
    private WatchedProcess taskManager;

    private StandaloneCluster(Path home, Map<String, String> properties, List<String> command)
            throws IOException, InterruptedException {
        this.home = home;
        this.conf = Files.createDirectories(home.resolve("conf"));
        this.classPath = classPath(home);
        // A test may have put its own there.
        Path logging = conf.resolve("log4j-console.properties");
        if (!Files.exists(logging)) {
            Files.writeString(logging, logging());
        }
        Map<String, String> all = new LinkedHashMap<>(properties);
        all.putAll(onThisMachine(home));
        write(all);

        List<String> arguments = new ArrayList<>(command.subList(0, 1));
        arguments.addAll(List.of("--configDir", conf.toString()));
        arguments.addAll(command.subList(1, command.size()));
        this.jobManager = process("JobManager", 512, arguments);
        boolean started = false;
        try {
            // Ports are the system's choice, and the configuration of what comes after names them.
            all.put("jobmanager.rpc.port", jobManager.awaitLine(RPC, START).group(1));
            String port = jobManager.awaitLine(REST, START).group(1);
            this.restPort = Integer.parseInt(port);
            all.put("rest.port", port);
            write(all);
            startTaskManager();
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    /** A session cluster, to which jobs are submitted. */
    public static StandaloneCluster session(Path home, Map<String, String> properties)
            throws IOException, InterruptedException {
        return new StandaloneCluster(
                home,
                properties,
                List.of("org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint"));
    }

    /**
     * A cluster in Application mode: its JobManager runs the job in {@code usrlib}.
     *
     * @param arguments as the image of Flink takes them after {@code standalone-job}
     */
    public static StandaloneCluster application(
            Path home, Map<String, String> properties, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add("org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint");
        command.addAll(arguments);
        return new StandaloneCluster(home, properties, command);
    }

    /** Starts a TaskManager with the memory Flink's own scripts would give it. */
    private void startTaskManager() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add("org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
        command.addAll(List.of("--configDir", conf.toString()));
        command.addAll(memoryOfTheTaskManager());
        taskManager = process("TaskManager", 512, command);
        taskManager.awaitLine(REGISTERED, START);
    }

    private List<String> memoryOfTheTaskManager() throws IOException, InterruptedException {
        List<String> command =
                List.of(
                        "org.apache.flink.runtime.util.bash.BashJavaUtils",
                        "GET_TM_RESOURCE_PARAMS",
                        "--configDir",
                        conf.toString());
        String marker = "BASH_JAVA_UTILS_EXEC_RESULT:";
        try (WatchedProcess process = process("BashJavaUtils", 128, command)) {
            List<String> results =
                    process.awaitEnd(START)
                            .lines()
                            .filter(line -> line.startsWith(marker))
                            .map(line -> line.substring(marker.length()).trim())
                            .toList();
            // First the options of the JVM, then the settings.
            return Arrays.asList(results.get(1).split("\\s+", -1));
        }
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

    /** Cancels a job as {@code flink cancel} does, and waits until it has ended. */
    public void cancel(String jobId) throws IOException, InterruptedException {
        try (WatchedProcess client = client(List.of("cancel", jobId))) {
            client.awaitEnd(SUBMIT);
        }
        jobManager.awaitLine(
                Pattern.compile("Job " + jobId + " reached terminal state CANCELED"), SUBMIT);
    }

    private WatchedProcess client(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("org.apache.flink.client.cli.CliFrontend"));
        command.addAll(arguments);
        return process("flink " + arguments.get(0), 256, command);
    }

    private WatchedProcess process(String name, int megabytes, List<String> command)
            throws IOException {
        List<String> options = new ArrayList<>(OPENED);
        options.add("-Xmx" + megabytes + "m");
        options.add("-XX:+UseSerialGC");
        options.add("-XX:TieredStopAtLevel=1");
        options.add("-Djava.io.tmpdir=" + Files.createDirectories(home.resolve("tmp")));
        options.add("-Dlog4j.configurationFile=" + conf.resolve("log4j-console.properties"));
        // The folder of a distribution, by which Flink finds usrlib.
        Map<String, String> environment =
                Map.of(
                        "FLINK_CONF_DIR",
                        conf.toString(),
                        "FLINK_LIB_DIR",
                        home.resolve("lib").toString());
        return WatchedProcess.start(name, options, classPath, environment, command);
    }

    public WatchedProcess taskManager() {
        return taskManager;
    }

    public int restPort() {
        return restPort;
    }

    @Override
    public void close() {
        if (taskManager != null) {
            taskManager.close();
        }
        jobManager.close();
    }

    /** The installation's own jars, then what every distribution has. */
    private static List<Path> classPath(Path home) throws IOException {
        List<Path> jars = new ArrayList<>();
        Path lib = Files.createDirectories(home.resolve("lib"));
        try (java.util.stream.Stream<Path> own = Files.list(lib)) {
            own.sorted().forEach(jars::add);
        }
        Path listed = Path.of(BuildOutput.require("tickformer.cluster.classpath"));
        for (String jar : Files.readString(listed).trim().split(File.pathSeparator, -1)) {
            jars.add(Path.of(jar));
        }
        // A distribution holds these as well, although the job jar brings its own.
        jars.add(WatchedProcess.homeOf(org.apache.commons.lang3.StringUtils.class));
        jars.add(WatchedProcess.homeOf(org.apache.commons.io.IOUtils.class));
        jars.add(WatchedProcess.homeOf(org.apache.commons.compress.utils.IOUtils.class));
        jars.add(WatchedProcess.homeOf(org.xerial.snappy.Snappy.class));
        jars.add(WatchedProcess.homeOf(net.jpountz.lz4.LZ4Factory.class));
        return jars;
    }

    /** What the processes share one machine for, whatever else is configured. */
    private static Map<String, String> onThisMachine(Path home) throws IOException {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("jobmanager.rpc.address", "localhost");
        properties.put("jobmanager.bind-host", "localhost");
        properties.put("jobmanager.rpc.port", "0");
        properties.put("rest.address", "localhost");
        properties.put("rest.bind-address", "localhost");
        properties.put("rest.port", "0");
        properties.put("rest.bind-port", "0");
        properties.put("taskmanager.host", "localhost");
        properties.put("taskmanager.bind-host", "localhost");
        properties.put(
                "execution.checkpointing.dir",
                Files.createDirectories(home.resolve("checkpoints")).toUri().toString());
        properties.put("io.tmp.dirs", Files.createDirectories(home.resolve("tmp")).toString());
        return properties;
    }

    private void write(Map<String, String> properties) throws IOException {
        StringBuilder yaml = new StringBuilder();
        properties.forEach(
                (key, value) -> yaml.append(key).append(": \"").append(value).append("\"\n"));
        Files.writeString(conf.resolve("config.yaml"), yaml);
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
