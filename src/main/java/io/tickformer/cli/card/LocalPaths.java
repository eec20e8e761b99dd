package io.tickformer.cli.card;

import io.tickformer.process.Installation;
import java.nio.file.Path;

/**
 * Makes paths within the working directory, the installation or its checkout relative, so that a
 * card does not reveal the folders of this machine.
 */
final class LocalPaths {
    private LocalPaths() {}

    /** Shortens the paths in a text. */
    static String shorten(String text) {
        String here = Path.of("").toAbsolutePath().toString();
        Installation installation = Installation.current();
        String home = installation.home().toString();
        String project = installation.project().toString();
        return without(project, without(home, without(here, text)));
    }

    private static String without(String folder, String text) {
        String prefix = folder.endsWith("/") ? folder : folder + "/";
        return prefix.length() > 1 ? text.replace(prefix, "") : text;
    }
}
