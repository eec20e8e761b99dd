package io.tickformer.lab.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * The resources of a job in this process: everything except threads that existed before it, such as
 * those that send events and count forecasts.
 */
final class JobResources {
    private final ThreadMXBean threads;
    private final OperatingSystemMXBean system;
    private final long[] others;

    private JobResources(ThreadMXBean threads, OperatingSystemMXBean system, long[] others) {
        this.threads = threads;
        this.system = system;
        this.others = others;
    }

    /** Records the existing threads; call it before the job starts. */
    static JobResources beforeStart() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] others = threads.getAllThreadIds();
        Arrays.sort(others);
        return new JobResources(
                threads,
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean(),
                others);
    }

    /** Processor time so far. The JIT compiler and the garbage collector count as the job's. */
    long cpuNanos() {
        long nanos = system.getProcessCpuTime();
        for (long used : threads.getThreadCpuTime(others)) {
            nanos -= Math.max(0, used);
        }
        return nanos;
    }

    /** Bytes that the live threads of the job have allocated so far. */
    /** Bytes that the job's living threads have allocated so far. */
    long allocatedBytes() {
        long[] all =
                Arrays.stream(threads.getAllThreadIds())
                        .filter(id -> Arrays.binarySearch(others, id) < 0)
                        .toArray();
        long bytes = 0;
        for (long allocated : threads.getThreadAllocatedBytes(all)) {
            bytes += Math.max(0, allocated);
        }
        return bytes;
    }
}
