package io.tickformer.inference.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import io.tickformer.annotation.Internal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Gives access to ONNX Runtime's environment, and loads the native library on first use.
 *
 * <p>While it loads, ONNX Runtime 1.29 walks the command line of the process recursively, with
 * about 200 bytes of stack a character. A command line of some 4,000 characters, not long for a JVM
 * with its class path, overflows the megabyte of an ordinary Java thread and kills the process. So
 * the library is loaded on a thread with a stack that is large enough for the command line.
 *
 * <p>While it loads it also stores an id of the machine in the user's cache folder and prepares to
 * send telemetry, unless the environment has {@code ORT_DISABLE_TELEMETRY=1}. The launcher and the
 * container image set that; here, where the environment cannot be changed any more, telemetry is
 * switched off.
 */
@Internal
public final class RuntimeLibrary {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    private static final long STACK_BYTES = 8L << 20;
    private static final long STACK_BYTES_PER_CHARACTER = 512;

    /** Of a command line that cannot be read; stacks are only reserved, not filled. */
    private static final long UNKNOWN_LENGTH = 1L << 17;

    private static boolean loaded;
    private static UnpackedLibraryRemoval traces;

    private RuntimeLibrary() {}

    /**
     * Returns the environment of the process; to be called before any other use of the runtime.
     *
     * @throws InferenceException if the native library cannot be loaded
     */
    public static synchronized OrtEnvironment environment() {
        if (!loaded) {
            traces = isOurs() ? UnpackedLibraryRemoval.before() : null;
            load();
            loaded = true;
        }
        return OrtEnvironment.getEnvironment();
    }

    /**
     * Closes the environment and removes what it has left in the process, if the library was loaded
     * by a class loader that ends before the process does, such as that of a job in a Flink
     * cluster. That class loader and the library can then be unloaded. Otherwise does nothing. No
     * session may be open. The next use of the environment makes it again.
     */
    public static synchronized void release() {
        if (loaded && traces != null) {
            traces.remove();
            traces = null;
            loaded = false;
        }
    }

    /** Whether the runtime was loaded by our own class loader, which may end before the process. */
    private static boolean isOurs() {
        ClassLoader loader = OrtEnvironment.class.getClassLoader();
        return loader == RuntimeLibrary.class.getClassLoader()
                && loader != ClassLoader.getSystemClassLoader();
    }

    private static void load() {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread loader =
                new Thread(
                        null,
                        () -> open(failure),
                        "onnxruntime-loader",
                        STACK_BYTES + STACK_BYTES_PER_CHARACTER * commandLineLength());
        // The runtime's shutdown hook inherits it, and may live as long as the process.
        loader.setContextClassLoader(OrtEnvironment.class.getClassLoader());
        loader.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        loader.start();
        boolean interrupted = false;
        while (true) {
            try {
                loader.join();
                break;
            } catch (InterruptedException e) {
                // Loading takes a fraction of a second and cannot be abandoned half way.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure.get() != null) {
            throw new InferenceException(
                    "ONNX Runtime's native library cannot be loaded: " + failure.get(),
                    failure.get());
        }
    }

    /** Makes the environment and switches off telemetry as early as possible. */
    private static void open(AtomicReference<Throwable> failure) {
        try {
            OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL)
                    .setTelemetry(false);
        } catch (OrtException e) {
            failure.set(e);
        }
    }

    private static long commandLineLength() {
        try {
            return Files.readAllBytes(COMMAND_LINE).length;
        } catch (IOException e) {
            return UNKNOWN_LENGTH;
        }
    }
}
