package io.tickformer.cli.card;

import io.tickformer.process.Installation;
import java.nio.file.Path;

/**
 * Makes paths within the working directory or the installation's folder relative, so that a card
 * does not reveal the folders of this machine.
 */
final class LocalPaths {
    private LocalPaths() {}

    /** Shortens the paths in a text. */
    static String shorten(String text) {
        String here = Path.of("").toAbsolutePath().toString();
        String home = Installation.current().home().toString();
        return without(home, without(here, text));
    }

    private static String without(String folder, String text) {
        String prefix = folder.endsWith("/") ? folder : folder + "/";
        return prefix.length() > 1 ? text.replace(prefix, "") : text;
    }
}
