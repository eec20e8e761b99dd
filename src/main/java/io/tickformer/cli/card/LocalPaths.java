package io.tickformer.cli.card;

import io.tickformer.process.Installation;
import java.nio.file.Path;

/**
 * Keeps the layout of this machine out of what is read on others: paths within the working
 * directory, or within the installation's folder, are told from there.
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
