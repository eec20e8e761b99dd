package io.tickformer.process;

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
 * A Java virtual machine that this process started and will end. It ends with {@link #close()},
 * with the orderly end of this process (Ctrl-C included) and, if its main class holds to the {@link
 * Leash}, with any other end of this process.
 */
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
     * Starts a virtual machine of the same Java as this one.
     *
     * @param name what messages call it
     * @param jvmArguments options of the virtual machine, the class path and the main class
     * @param log file that receives its standard output and error, appended to
     * @throws UserError if it cannot be started or the log cannot be written
     */
    public static JavaProcess start(String name, List<String> jvmArguments, Path log) {
        return start(name, jvmArguments, Map.of(), log);
    }

    /**
     * As above, with variables added to the environment.
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
     * Starts it once more, as it was started: same arguments, same ports, same folders, its log
     * appended to. This one has ended before.
     *
     * @throws UserError if it cannot be started
     */
    public JavaProcess again() {
        return start(name, jvmArguments, environment, log);
    }

    /**
     * Waits until the process answers.
     *
     * @throws UserError if it ends or the time runs out first; the message carries the last lines
     *     of its log. The process is then ended.
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

    /** The file that holds its standard output and error. */
    public Path log() {
        return log;
    }

    /** Ends it without any chance to tidy up, as {@code kill -9} does, and waits for its end. */
    public void kill() {
        process.destroyForcibly();
        ended(GRACE.toMillis());
        RunningProcesses.remove(this);
    }

    /** Asks it to end, waits, and ends it by force if it does not. */
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

    /** The lines of the log that name a failure, or else its last ones, in one line. */
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
