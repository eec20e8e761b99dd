package io.tickformer.testing;

import io.tickformer.process.FlinkHome;
import io.tickformer.process.Installation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
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

    private final FlinkHome home;
    private final UnaryOperator<List<String>> around;
    private final WatchedProcess jobManager;
    private final int restPort;
    private WatchedProcess taskManager;

    private StandaloneCluster(
            FlinkHome home,
            Map<String, String> properties,
            List<String> command,
            UnaryOperator<List<String>> around)
            throws IOException, InterruptedException {
        this.home = home;
        this.around = around;
        home.configure(properties);
        home.configure(FlinkHome.onThisMachine());
        // Ports are the system's choice, and the configuration of what comes after names them.
        home.configure(
                Map.of(
                        "jobmanager.rpc.port", "0",
                        "rest.port", "0",
                        "rest.bind-port", "0"));
        this.jobManager = process("JobManager", 512, command);
        boolean started = false;
        try {
            String rpcPort = jobManager.awaitLine(RPC, START).group(1);
            String port = jobManager.awaitLine(REST, START).group(1);
            this.restPort = Integer.parseInt(port);
            home.configure(Map.of("jobmanager.rpc.port", rpcPort, "rest.port", port));
            this.taskManager = process("TaskManager", 512, home.taskManager());
            taskManager.awaitLine(REGISTERED, START);
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
        FlinkHome folder = new FlinkHome(home, Installation.current());
        return new StandaloneCluster(
                folder, properties, folder.sessionJobManager(), UnaryOperator.identity());
    }

    /**
     * A cluster in Application mode: its JobManager runs the job in {@code usrlib}.
     *
     * @param arguments as the image of Flink takes them after {@code standalone-job}
     * @param around makes another command of that of a process, such as one that confines it
     */
    public static StandaloneCluster application(
            Path home,
            Map<String, String> properties,
            List<String> arguments,
            UnaryOperator<List<String>> around)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add("org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint");
        command.addAll(arguments);
        FlinkHome folder = new FlinkHome(home, Installation.current());
        return new StandaloneCluster(folder, properties, folder.jobManager(command), around);
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

    /**
     * Starts another of Flink's programs, such as a SQL gateway.
     *
     * @param opt jars that a distribution has in its {@code opt} folder
     */
    public WatchedProcess start(
            String name, int megabytes, List<Path> opt, List<String> mainAndArguments)
            throws IOException {
        Map<String, String> environment = new HashMap<>(home.environment());
        for (Path jar : opt) {
            environment.merge("CLASSPATH", jar.toString(), (a, b) -> a + File.pathSeparator + b);
        }
        return WatchedProcess.startJava(
                name, home.jvmOptions(megabytes), environment, mainAndArguments);
    }

    private WatchedProcess process(String name, int megabytes, List<String> mainAndArguments)
            throws IOException {
        return WatchedProcess.startJava(
                name, home.jvmOptions(megabytes), home.environment(), mainAndArguments, around);
    }

    public WatchedProcess jobManager() {
        return jobManager;
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
}
