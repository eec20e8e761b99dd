package io.tickformer.cli.process;

import io.tickformer.cli.UserError;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    /** The one named by {@value #HOME_PROPERTY}, or else by the working directory. */
    public static Installation current() {
        return new Installation(
                Path.of(System.getProperty(HOME_PROPERTY, System.getProperty("user.dir")))
                        .toAbsolutePath());
    }

    /** The class path of a broker: Tickformer's classes and the broker's. */
    public String brokerClassPath() {
        return ownClasses()
                + System.getProperty("path.separator")
                + read(target().resolve("classpath").resolve("broker.txt"));
    }

    /** The class path of a registry: Tickformer's classes and the registry's jar. */
    public String registryClassPath() {
        return ownClasses() + System.getProperty("path.separator") + registryJar();
    }

    private Path registryJar() {
        Path folder = target().resolve("registry");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> jars =
                        files.filter(file -> file.getFileName().toString().endsWith("-runner.jar"))
                                .sorted()
                                .toList();
                if (!jars.isEmpty()) {
                    return jars.get(0);
                }
            } catch (IOException e) {
                throw new UserError(folder + " cannot be read: " + e.getMessage(), e);
            }
        }
        throw missing(folder.resolve("*-runner.jar"));
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
