package io.tickformer.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processes that a test has started. Others of this virtual machine, and other brokers of the
 * machine, are none of its business.
 */
public final class Children {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String IGNORED = "SigIgn:";
    private static final int SIGINT = 2;

    private final Set<ProcessHandle> before = running();

    /** Begins with those that run now: they are not counted. */
    public Children() {}

    /** The servers that have been started since, and still run. */
    public List<ProcessHandle> servers() {
        return running().stream().filter(process -> !before.contains(process)).toList();
    }

    /** The servers that a process has started, and those these have started. */
    public static List<ProcessHandle> serversOf(ProcessHandle process) {
        return servers(process.descendants()).toList();
    }

    /**
     * The signal that Ctrl-C sends, {@code INT}, or {@code TERM} where this process ignores that
     * one. Whoever starts a build in the background has it ignored, and so do all processes that a
     * test starts. Java treats both alike.
     */
    public static String interruptSignal() throws IOException {
        if (Files.isReadable(STATUS)) {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(IGNORED)) {
                    String mask = line.substring(IGNORED.length()).strip();
                    long ignored = Long.parseUnsignedLong(mask, 16);
                    return (ignored >> (SIGINT - 1) & 1) == 0 ? "INT" : "TERM";
                }
            }
        }
        return "INT";
    }

    private static Set<ProcessHandle> running() {
        return servers(ProcessHandle.current().children()).collect(Collectors.toSet());
    }

    /** Java processes: not the helper by which Java starts a program, and no tool of the system. */
    private static Stream<ProcessHandle> servers(Stream<ProcessHandle> processes) {
        return processes.filter(
                process ->
                        process.isAlive()
                                && process.info()
                                        .command()
                                        .filter(command -> command.endsWith("java"))
                                        .isPresent());
    }
}
