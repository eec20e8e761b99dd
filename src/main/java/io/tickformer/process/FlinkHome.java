package io.tickformer.process;

import io.tickformer.annotation.Internal;
import io.tickformer.console.UserError;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;

/**
 * The folder of a Flink cluster on this machine, with the layout of a Flink distribution, and the
 * command lines of its processes. Their class path has the jars of a distribution's {@code lib}
 * folder and nothing else, so a class that is missing from the job jar is missing there too.
 *
 * <p>The folder has {@code conf}, {@code lib} for jars that belong to the installation, {@code
 * usrlib} for those of the job, {@code checkpoints} and {@code tmp}.
 */
@Internal
public final class FlinkHome {
    private static final List<String> OPENED =
            List.of(
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.net=ALL-UNNAMED",
                    "--add-opens=java.base/java.nio=ALL-UNNAMED");

    private static final String LOGGING =
            """
            rootLogger.level = INFO
            rootLogger.appenderRef.console.ref = Console
            appender.console.name = Console
            appender.console.type = Console
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = %d{HH:mm:ss,SSS} %-5p %c{1} %m%n%ex
            logger.kafka.name = org.apache.kafka
            logger.kafka.level = WARN
            """;

    private final Path path;
    private final Path conf;
    private final String classPath;
    private final Map<String, String> properties = new LinkedHashMap<>();

    /**
     * Creates the folders that are missing.
     *
     * @throws UserError if the folder cannot be written to or the installation is incomplete
     */
    public FlinkHome(Path path, Installation installation) {
        this.path = path;
        this.conf = path.resolve("conf");
        try {
            for (String folder : List.of("conf", "lib", "tmp", "checkpoints")) {
                Files.createDirectories(path.resolve(folder));
            }
            // The folder may come with a logging configuration.
            Path logging = conf.resolve("log4j-console.properties");
            if (!Files.exists(logging)) {
                Files.writeString(logging, LOGGING);
            }
            this.classPath = classPath(path.resolve("lib"), parentWatch(path), installation);
        } catch (IOException e) {
            throw new UserError(path + " cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Adds settings for processes that start from now on. A setting replaces an earlier one of the
     * same name.
     *
     * @throws UserError if they cannot be written
     */
    public void configure(Map<String, String> more) {
        properties.putAll(more);
        properties.putAll(ofThisFolder());
        StringBuilder yaml = new StringBuilder();
        properties.forEach(
                (key, value) -> yaml.append(key).append(": \"").append(value).append("\"\n"));
        Path file = conf.resolve("config.yaml");
        try {
            Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new UserError(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Settings by which all processes listen on this machine only. */
    public static Map<String, String> onThisMachine() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("jobmanager.rpc.address", "localhost");
        properties.put("jobmanager.bind-host", "localhost");
        properties.put("rest.address", "localhost");
        properties.put("rest.bind-address", "localhost");
        properties.put("taskmanager.host", "localhost");
        properties.put("taskmanager.bind-host", "localhost");
        return properties;
    }

    private Map<String, String> ofThisFolder() {
        return Map.of(
                "execution.checkpointing.dir", path.resolve("checkpoints").toUri().toString(),
                "io.tmp.dirs", path.resolve("tmp").toString());
    }

    /** Main class and arguments of the JobManager of a session cluster. */
    public List<String> sessionJobManager() {
        return jobManager(
                List.of("org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint"));
    }

    /** Main class and arguments of a JobManager: the given ones and the configuration folder. */
    public List<String> jobManager(List<String> mainAndArguments) {
        List<String> all = new ArrayList<>(mainAndArguments);
        all.addAll(1, List.of("--configDir", conf.toString()));
        return all;
    }

    /** Main class and arguments of a TaskManager, with the memory that Flink's scripts give it. */
    public List<String> taskManager() {
        List<String> all = new ArrayList<>();
        all.add("org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
        all.addAll(List.of("--configDir", conf.toString()));
        String memory =
                TaskExecutorProcessUtils.generateDynamicConfigsStr(
                        TaskExecutorProcessUtils.processSpecFromConfig(
                                Configuration.fromMap(properties)));
        all.addAll(Arrays.asList(memory.strip().split("\\s+", -1)));
        return all;
    }

    /** JVM options for one of Flink's main classes. */
    public List<String> jvmOptions(int megabytes) {
        List<String> options = new ArrayList<>(OPENED);
        options.add("-Xmx" + megabytes + "m");
        options.add("-XX:+UseSerialGC");
        options.add("-XX:TieredStopAtLevel=1");
        options.add("-Djava.io.tmpdir=" + path.resolve("tmp"));
        options.add("-Dlog4j.configurationFile=" + conf.resolve("log4j-console.properties"));
        return options;
    }

    /**
     * The environment: the class path, and the folder in which Flink finds {@code usrlib}. The
     * class path is not an argument because ONNX Runtime does not load in a process with a very
     * long command line.
     */
    public Map<String, String> environment() {
        return Map.of(
                "CLASSPATH", classPath,
                "FLINK_CONF_DIR", conf.toString(),
                "FLINK_LIB_DIR", path.resolve("lib").toString());
    }

    /**
     * Starts a process that ends when this one ends in any way, see {@link ParentProcessWatcher}.
     *
     * @param name name of the process in messages
     * @param mainAndArguments the main class and its arguments
     * @param log file for its standard output and error
     */
    public JavaProcess start(String name, int megabytes, List<String> mainAndArguments, Path log) {
        List<String> arguments = new ArrayList<>(jvmOptions(megabytes));
        arguments.add(ParentProcessWatcher.class.getName());
        arguments.addAll(mainAndArguments);
        return JavaProcess.start(name, arguments, environment(), log);
    }

    /**
     * Copies {@link ParentProcessWatcher}, the only class of ours on the class path, to a folder.
     * All others must come from the job jar.
     */
    private static Path parentWatch(Path path) throws IOException {
        String file = ParentProcessWatcher.class.getSimpleName() + ".class";
        Path folder = path.resolve("parent-watch");
        Path target =
                folder.resolve(ParentProcessWatcher.class.getPackageName().replace('.', '/'))
                        .resolve(file);
        Files.createDirectories(target.getParent());
        try (InputStream in = ParentProcessWatcher.class.getResourceAsStream(file)) {
            Files.write(target, in.readAllBytes());
        }
        return folder;
    }

    /** The jars of the folder's {@code lib}, then those of every distribution. */
    private static String classPath(Path lib, Path parentWatch, Installation installation)
            throws IOException {
        List<Path> entries = new ArrayList<>();
        try (Stream<Path> own = Files.list(lib)) {
            own.sorted().forEach(entries::add);
        }
        entries.addAll(installation.clusterClassPath());
        entries.add(parentWatch);
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
