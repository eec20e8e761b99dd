package io.tickformer.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process whose output can be waited for, line by line.
 *
 * <p>Waiting blocks on the output, so a test that starts a process neither sleeps nor polls. Unlike
 * the processes the product starts, this one gives its output to the test.
 */
public final class WatchedProcess implements AutoCloseable {

    private static final int REMEMBERED_LINES = 60;

    /** Stands at the end of the output. */
    private static final String END = "\u0000end";

    private final String name;
    private final Process process;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final ArrayDeque<String> recent = new ArrayDeque<>();

    private WatchedProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        Thread pump = new Thread(this::pump, name + "-output");
        pump.setDaemon(true);
        pump.start();
    }

    /**
     * Starts a JVM.
     *
     * @param name what messages call it
     * @param jvmOptions options before the class name
     * @param environment variables to add, such as {@code CLASSPATH}
     * @param mainAndArguments the class to run and its arguments
     */
    public static WatchedProcess startJava(
            String name,
            List<String> jvmOptions,
            Map<String, String> environment,
            List<String> mainAndArguments)
            throws IOException {
        return startJava(name, jvmOptions, environment, mainAndArguments, UnaryOperator.identity());
    }

    /**
     * As above, by another command.
     *
     * @param around makes it of the command that starts the JVM
     */
    public static WatchedProcess startJava(
            String name,
            List<String> jvmOptions,
            Map<String, String> environment,
            List<String> mainAndArguments,
            UnaryOperator<List<String>> around)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(mainAndArguments);
        return start(name, around.apply(command), environment);
    }

    /** Starts any program. */
    public static WatchedProcess start(
            String name, List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new WatchedProcess(name, builder.start());
    }

    private void pump() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException closed) {
            lines.add(name + ": output closed: " + closed.getMessage());
        } finally {
            lines.add(END);
        }
    }

    /**
     * Consumes output up to the first line that contains the pattern.
     *
     * @throws IllegalStateException if the process ends or the time passes first; the message holds
     *     the last lines of its output
     */
    public Matcher awaitLine(Pattern pattern, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new IllegalStateException(
                        name + " printed no line matching " + pattern + " in " + limit + tail());
            }
            if (line.equals(END)) {
                lines.add(END);
                throw new IllegalStateException(
                        name + " ended before a line matching " + pattern + tail());
            }
            remember(line);
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return matcher;
            }
        }
    }

    /** Waits for the end, and returns everything printed since the last wait. */
    public String awaitEnd(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            drain();
            throw new IllegalStateException(name + " still runs after " + limit + tail());
        }
        StringBuilder output = new StringBuilder();
        for (String line = lines.take(); !line.equals(END); line = lines.take()) {
            remember(line);
            output.append(line).append('\n');
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(
                    name + " ended with exit code " + process.exitValue() + tail());
        }
        return output.toString();
    }

    /** Waits for the end, for so long at most, and returns whether it has come. */
    public boolean endsWithin(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    private void drain() {
        for (String line = lines.poll(); line != null; line = lines.poll()) {
            remember(line);
        }
    }

    private void remember(String line) {
        recent.add(line);
        if (recent.size() > REMEMBERED_LINES) {
            recent.remove();
        }
    }

    private String tail() {
        return "; its last lines:\n" + String.join("\n", recent);
    }

    /** Ends it at once, without a chance to clear up. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
