package io.tickformer.process;

import io.tickformer.console.UserError;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the files are that a build leaves for processes of their own: class paths and the unpacked
 * registry.
 *
 * @param home the project's folder
 */
public record Installation(Path home) {
    /** System property that names the project's folder; the launcher sets it. */
    public static final String HOME_PROPERTY = "tickformer.home";

    private static final List<String> IN_DISTRIBUTIONS =
            List.of("commons-lang3", "commons-io", "commons-compress", "snappy-java", "lz4-java");

    /** The one named by {@value #HOME_PROPERTY}, or else by the working directory. */
    public static Installation current() {
        return new Installation(
                Path.of(System.getProperty(HOME_PROPERTY, System.getProperty("user.dir")))
                        .toAbsolutePath());
    }

    /**
     * A model that comes with this project.
     *
     * @param file such as {@code meters.onnx}
     */
    public Path model(String file) {
        return home.resolve("models").resolve(file);
    }

    /** The class path of a broker: Tickformer's classes and the broker's. */
    public String brokerClassPath() {
        return ownClasses()
                + File.pathSeparator
                + read(target().resolve("classpath").resolve("broker.txt"));
    }

    /** The class path of a registry: Tickformer's classes and the registry's jar. */
    public String registryClassPath() {
        return ownClasses() + File.pathSeparator + registryJar();
    }

    /**
     * The jars that every Flink distribution has in its {@code lib} folder, and nothing of the job:
     * what the job jar lacks is missing.
     */
    public List<Path> clusterClassPath() {
        List<Path> jars = new ArrayList<>(jars("cluster.txt"));
        // A distribution holds these as well, although the job jar brings its own.
        for (Path jar : jars("command.txt")) {
            String file = jar.getFileName().toString();
            if (IN_DISTRIBUTIONS.stream().anyMatch(name -> file.startsWith(name + "-"))) {
                jars.add(jar);
            }
        }
        return jars;
    }

    /** The job jar of the last build that made one. */
    public Path jobJar() {
        return endingWith("-job.jar", target());
    }

    /** The class path of ZooKeeper, which Flink brings: Tickformer's classes and Flink's. */
    String zooKeeperClassPath() {
        StringBuilder path = new StringBuilder(ownClasses().toString());
        clusterClassPath().forEach(jar -> path.append(File.pathSeparator).append(jar));
        return path.toString();
    }

    private List<Path> jars(String classPath) {
        String jars = read(target().resolve("classpath").resolve(classPath));
        return Arrays.stream(jars.split(File.pathSeparator, -1)).map(Path::of).toList();
    }

    private Path registryJar() {
        return endingWith("-runner.jar", target().resolve("registry"));
    }

    private static Path endingWith(String ending, Path folder) {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                // The latest: builds of other versions may have left theirs.
                Optional<Path> jar =
                        files.filter(file -> file.getFileName().toString().endsWith(ending))
                                .max(
                                        Comparator.comparingLong(
                                                file -> file.toFile().lastModified()));
                if (jar.isPresent()) {
                    return jar.get();
                }
            } catch (IOException e) {
                throw new UserError(folder + " cannot be read: " + e.getMessage(), e);
            }
        }
        throw missing(folder.resolve("*" + ending));
    }

    private static String read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw missing(file);
        }
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UserError(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Path target() {
        return home.resolve("target");
    }

    private static UserError missing(Path file) {
        return new UserError(
                file
                        + " is missing; expected a finished build. Run 'mvn -DskipTests package' in"
                        + " the project's folder.");
    }

    private static Path ownClasses() {
        try {
            return Path.of(Leash.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of our own classes is no path", e);
        }
    }
}
