package io.tickformer.process;

import io.tickformer.annotation.Internal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The log file of this process. It must be set before the first logger is used: the logging
 * configuration is loaded with that, and reads the property.
 */
@Internal
public final class LogFile {
    /** System property that names the log file. */
    public static final String PROPERTY = "tickformer.log";

    private LogFile() {}

    /** Logs into a folder. */
    public static void in(Path folder) {
        System.setProperty(PROPERTY, folder.resolve("tickformer.log").toString());
    }

    /**
     * Makes a folder for the logs of one run of a command, and logs into it.
     *
     * @param command such as {@code demo}
     */
    public static Path inNewFolder(String command) throws IOException {
        Path folder =
                Files.createDirectories(
                        Installation.current()
                                .workFolder(command)
                                .resolve("run-" + ProcessHandle.current().pid()));
        in(folder);
        return folder;
    }
}
