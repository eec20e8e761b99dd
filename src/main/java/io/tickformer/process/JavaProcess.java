package io.tickformer.process;

import io.tickformer.annotation.Internal;
import io.tickformer.console.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A JVM that this process starts and ends. It ends when it is closed, and when this process ends in
 * an orderly way, by Ctrl-C too. With {@link ParentProcessWatcher} as its main class it also ends
 * when this process is killed.
 */
@Internal
public final class JavaProcess implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 50;
    private static final int LOG_LINES_SHOWN = 3;

    private final String name;
    private final List<String> jvmArguments;
    private final Map<String, String> environment;
    private final Process process;
    private final Path log;

    private JavaProcess(
            String name,
            List<String> jvmArguments,
            Map<String, String> environment,
            Process process,
            Path log) {
        this.name = name;
        this.jvmArguments = jvmArguments;
        this.environment = environment;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a JVM of the same Java version as this one.
     *
     * @param name name of the process in messages
     * @param jvmArguments JVM options, class path, main class and arguments
     * @param log file that receives its standard output and error, appended to
     * @throws UserError if it cannot be started or the log cannot be written
     */
    public static JavaProcess start(String name, List<String> jvmArguments, Path log) {
        return start(name, jvmArguments, Map.of(), log);
    }

    /**
     * Starts a JVM with additional environment variables.
     *
     * @throws UserError if it cannot be started or the log cannot be written
     */
    public static JavaProcess start(
            String name, List<String> jvmArguments, Map<String, String> environment, Path log) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArguments);
        try {
            if (log.getParent() != null) {
                Files.createDirectories(log.getParent());
            }
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            JavaProcess started =
                    new JavaProcess(
                            name,
                            List.copyOf(jvmArguments),
                            Map.copyOf(environment),
                            builder.start(),
                            log);
            RunningProcesses.add(started);
            return started;
        } catch (IOException e) {
            throw new UserError("the %s cannot be started: %s".formatted(name, e.getMessage()), e);
        }
    }

    /**
     * Starts the process again after it has ended, with the same arguments, ports and folders. The
     * log is appended to.
     *
     * @throws UserError if it cannot be started
     */
    public JavaProcess again() {
        return start(name, jvmArguments, environment, log);
    }

    /**
     * Waits until the process is ready.
     *
     * @throws UserError if the process ends or the time runs out first. The message contains the
     *     last lines of the log, and the process is ended.
     */
    public void awaitReady(BooleanSupplier ready, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!ready.getAsBoolean()) {
            if (ended(POLL_MILLIS)) {
                throw new UserError(
                        "the %s ended with code %d before it was ready%s"
                                .formatted(name, process.exitValue(), lastWords()));
            }
            if (System.nanoTime() > deadline) {
                close();
                throw new UserError(
                        "the %s was not ready within %d seconds%s"
                                .formatted(name, patience.toSeconds(), lastWords()));
            }
        }
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the file with its standard output and error. */
    public Path log() {
        return log;
    }

    /** Kills the process as {@code kill -9} does, and waits until it has ended. */
    public void kill() {
        process.destroyForcibly();
        ended(GRACE.toMillis());
        RunningProcesses.remove(this);
    }

    /** Asks the process to end, and kills it if it has not ended after a grace period. */
    @Override
    public void close() {
        process.destroy();
        if (!ended(GRACE.toMillis())) {
            process.destroyForcibly();
            ended(GRACE.toMillis());
        }
        RunningProcesses.remove(this);
    }

    private boolean ended(long waitMillis) {
        try {
            return process.waitFor(waitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new UserError("interrupted while waiting for the " + name, e);
        }
    }

    /** Returns the lines of the log that name an exception, or else the last lines, as one line. */
    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            List<String> failures = new ArrayList<>();
            for (String line : lines) {
                if (line.contains("Exception: ") || line.contains("Error: ")) {
                    failures.add(line.strip());
                }
            }
            List<String> shown = failures.isEmpty() ? lines : failures;
            shown = shown.subList(Math.max(0, shown.size() - LOG_LINES_SHOWN), shown.size());
            return "; its log %s says: %s".formatted(log, String.join(" | ", shown));
        } catch (IOException e) {
            return "; its log " + log + " cannot be read";
        }
    }
}
