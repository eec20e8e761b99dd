package io.tickformer.process;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The main class of every process that Tickformer starts: runs another main class and ends the
 * process when the one that started it is gone.
 *
 * <p>The starter holds the other end of this process's standard input. The operating system closes
 * it when the starter dies, however it dies, so reading the end of the stream is the news of its
 * death: no process is left behind even by {@code kill -9}.
 */
final class Leash {
    /** System property with the folder of temporary files to delete when the starter is gone. */
    static final String FOLDER_PROPERTY = "tickformer.leash.folder";

    private Leash() {}

    /** Runs the main class named by the first argument with the arguments after it. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        holdTo(System.in);
        run(arguments[0], Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    static void holdTo(InputStream starter) {
        Thread watch = new Thread(() -> endWith(starter), "leash");
        watch.setDaemon(true);
        watch.start();
    }

    /** Calls a main method; what it throws is thrown on. */
    static void run(String mainClass, String... arguments) throws ReflectiveOperationException {
        Method main = Class.forName(mainClass).getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(mainClass + " failed", e.getCause());
        }
    }

    /** Nobody needs what this process holds any more: no orderly end, no waiting. */
    private static void endWith(InputStream starter) {
        try {
            while (starter.read() >= 0) {
                // Nothing is said on this line; only its end matters.
            }
        } catch (IOException e) {
            // A broken line is an end, too.
        }
        String folder = System.getProperty(FOLDER_PROPERTY);
        if (folder != null) {
            RunDirectory.delete(Path.of(folder));
        }
        Runtime.getRuntime().halt(0);
    }
}
