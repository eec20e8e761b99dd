package io.tickformer.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Ends what is still running, and deletes its temporary files, when this virtual machine ends in an
 * orderly way, by Ctrl-C too.
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

    /** Takes note of a process; one that starts while this virtual machine ends goes with it. */
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

    /** Sees to it that the end of this virtual machine is noticed. */
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

    /** The latest started first: it may depend on those before it. */
    private static void closeAll() {
        List<JavaProcess> remaining;
        synchronized (LOCK) {
            ending = true;
            remaining = new ArrayList<>(RUNNING);
        }
        for (int i = remaining.size() - 1; i >= 0; i--) {
            remaining.get(i).close();
        }
        RunDirectory.deleteAll();
    }
}
