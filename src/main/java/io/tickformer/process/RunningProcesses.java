package io.tickformer.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The processes that this JVM has started. A shutdown hook ends those that still run and deletes
 * their temporary files.
 */
final class RunningProcesses {
    private static final Object LOCK = new Object();

    @GuardedBy("LOCK")
    private static final Set<JavaProcess> RUNNING = new LinkedHashSet<>();

    @GuardedBy("LOCK")
    private static boolean hooked;

    @GuardedBy("LOCK")
    private static boolean ending;

    private RunningProcesses() {}

    /** Adds a process. While this JVM is ending, the process is killed instead. */
    static void add(JavaProcess process) {
        synchronized (LOCK) {
            if (!ending) {
                hook();
                RUNNING.add(process);
                return;
            }
        }
        process.kill();
    }

    /** Registers the shutdown hook. */
    static void hook() {
        synchronized (LOCK) {
            if (!hooked && !ending) {
                Runtime.getRuntime()
                        .addShutdownHook(new Thread(RunningProcesses::closeAll, "end-processes"));
                hooked = true;
            }
        }
    }

    static void remove(JavaProcess process) {
        synchronized (LOCK) {
            RUNNING.remove(process);
        }
    }

    /** Ends the processes in reverse order, as a later one may depend on an earlier one. */
    private static void closeAll() {
        List<JavaProcess> remaining;
        synchronized (LOCK) {
            ending = true;
            remaining = new ArrayList<>(RUNNING);
        }
        for (int i = remaining.size() - 1; i >= 0; i--) {
            remaining.get(i).close();
        }
        TemporaryFolder.deleteAll();
    }
}
