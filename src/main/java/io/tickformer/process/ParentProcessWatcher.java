package io.tickformer.process;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The main class of every process that Tickformer starts. It runs another main class, and ends the
 * process when the parent process is gone.
 *
 * <p>The parent holds the other end of this process's standard input. The operating system closes
 * it when the parent ends in any way, so the end of the stream tells that the parent is gone. No
 * process is left behind, even after {@code kill -9}.
 */
final class ParentProcessWatcher {
    /** System property: a folder to delete when the parent is gone. */
    static final String FOLDER_PROPERTY = "tickformer.parent-watch.folder";

    private ParentProcessWatcher() {}

    /** Runs the main class named by the first argument with the arguments after it. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        start(System.in);
        run(arguments[0], Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    /** Starts to watch the parent, which holds the other end of the stream. */
    static void start(InputStream parent) {
        Thread watch = new Thread(() -> endWith(parent), "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    /** Calls a main method. What it throws is the cause of the exception thrown here. */
    static void run(String mainClass, String... arguments) throws ReflectiveOperationException {
        Method main = Class.forName(mainClass).getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(mainClass + " failed", e.getCause());
        }
    }

    /** Waits for the end of the stream, then ends this process at once, without shutdown hooks. */
    private static void endWith(InputStream parent) {
        try {
            while (parent.read() >= 0) {
                // The parent sends nothing; only the end of the stream matters.
            }
        } catch (IOException e) {
            // A broken stream has ended, too.
        }
        String folder = System.getProperty(FOLDER_PROPERTY);
        if (folder != null) {
            TemporaryFolder.delete(Path.of(folder));
        }
        Runtime.getRuntime().halt(0);
    }
}
