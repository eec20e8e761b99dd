package io.tickformer.process;

import io.tickformer.annotation.Internal;
import io.tickformer.console.UserError;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that Tickformer runs from. The folder has the same layout in a checkout, where the
 * build makes it under {@code target/tickformer}, and where the archive is unpacked:
 *
 * <ul>
 *   <li>{@code bin}: the launcher of the command
 *   <li>{@code lib}: jars of the command, which the job jar contains in part
 *   <li>{@code lib/flink}: jars that a Flink distribution has in its {@code lib} folder
 *   <li>{@code lib/broker}: jars that only a Kafka broker needs
 *   <li>{@code lib/registry}: the schema registry
 *   <li>{@code models}: the models that are shipped
 *   <li>the job jar, as soon as {@code mvn package} has made it
 * </ul>
 *
 * @param home the folder
 */
@Internal
public record Installation(Path home) {
    /** System property that names the folder; the launcher sets it. */
    public static final String HOME_PROPERTY = "tickformer.home";

    /** Where the build of a checkout makes it. */
    private static final Path BUILT = Path.of("target", "tickformer");

    private static final String JAR = ".jar";
    private static final String JOB_JAR = "-job.jar";
    private static final String REGISTRY_JAR = "-runner.jar";

    /**
     * The one named by {@value #HOME_PROPERTY}, or else the one that the build has left in the
     * working directory.
     */
    public static Installation current() {
        String home = System.getProperty(HOME_PROPERTY);
        return new Installation((home == null ? BUILT : Path.of(home)).toAbsolutePath());
    }

    /** The checkout whose build made this installation, or the installation if there is none. */
    public Path project() {
        return home.endsWith(BUILT) ? home.getParent().getParent() : home;
    }

    /** Path of a model that is shipped, by its file name. */
    public Path model(String file) {
        return home.resolve("models").resolve(file);
    }

    /**
     * The folder for what a command leaves behind: logs, and models that it trained for itself. It
     * need not exist. In an installation that this user cannot write to, it is the user's own.
     */
    public Path workFolder(String command) {
        if (Files.isWritable(home)) {
            return home.resolve("work").resolve(command);
        }
        return StateFolder.ofUser(System.getenv(), Path.of(System.getProperty("user.home")))
                .resolve(command);
    }

    /** Class path of a broker. */
    public String brokerClassPath() {
        List<Path> jars = new ArrayList<>(jars(lib()));
        jars.addAll(jars(flink()));
        jars.addAll(jars(lib().resolve("broker")));
        return withOwnClasses(jars);
    }

    /** Class path of a schema registry. */
    public String registryClassPath() {
        return withOwnClasses(List.of(only(REGISTRY_JAR, lib().resolve("registry"))));
    }

    /**
     * The jars that a Flink distribution has in its {@code lib} folder. Nothing of the job is among
     * them: a class that the job jar lacks is missing.
     */
    public List<Path> clusterClassPath() {
        return jars(flink());
    }

    /** The job jar. */
    public Path jobJar() {
        return only(JOB_JAR, home);
    }

    /** Class path of ZooKeeper, which Flink brings. */
    String zooKeeperClassPath() {
        return withOwnClasses(clusterClassPath());
    }

    private Path lib() {
        return home.resolve("lib");
    }

    private Path flink() {
        return lib().resolve("flink");
    }

    /** Tickformer's own classes come first, from wherever this process has them. */
    private static String withOwnClasses(List<Path> jars) {
        return Stream.concat(Stream.of(ownClasses()), jars.stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path only(String ending, Path folder) {
        return endingWith(ending, folder).get(0);
    }

    private static List<Path> jars(Path folder) {
        return endingWith(JAR, folder);
    }

    /** The files of a folder, at least one, in the order of their names. */
    private static List<Path> endingWith(String ending, Path folder) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(ending)).sorted().forEach(found::add);
            } catch (IOException e) {
                throw new UserError(folder + " cannot be read: " + e.getMessage(), e);
            }
        }
        if (found.isEmpty()) {
            throw new UserError(
                    folder.resolve("*" + ending)
                            + " is missing; expected an installation of Tickformer. Unpack the"
                            + " archive again, or run 'mvn -DskipTests package' in the project's"
                            + " folder.");
        }
        return found;
    }

    private static Path ownClasses() {
        try {
            return Path.of(
                    ParentProcessWatcher.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of our own classes is no path", e);
        }
    }
}
