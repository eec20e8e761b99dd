package io.tickformer.cli.doctor;

import io.tickformer.monitoring.ReadableNumbers;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.List;

/** Checks the memory of this process and of the machine, or of the container it runs in. */
final class MemoryCheck implements Check {
    private static final long MEBIBYTE = 1L << 20;
    private static final long SMALL_HEAP = 400 * MEBIBYTE;

    /** Tickformer needs memory beside the heap: the model, its cache, network buffers. */
    private static final double LARGEST_SHARE = 0.8;

    private final long heapBytes;
    private final long machineBytes;
    private final int cores;

    /**
     * @param heapBytes the largest heap of this process
     * @param machineBytes memory of the machine or the container; 0 if unknown
     * @param cores number of processors
     */
    MemoryCheck(long heapBytes, long machineBytes, int cores) {
        this.heapBytes = heapBytes;
        this.machineBytes = machineBytes;
        this.cores = cores;
    }

    static MemoryCheck ofThisProcess() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        long bytes =
                system instanceof com.sun.management.OperatingSystemMXBean known
                        ? known.getTotalMemorySize()
                        : 0;
        Runtime runtime = Runtime.getRuntime();
        return new MemoryCheck(runtime.maxMemory(), bytes, runtime.availableProcessors());
    }

    @Override
    public List<Subject> subjects() {
        return List.of(Subject.MEMORY);
    }

    @Override
    public void run(Examination examination, Findings findings) {
        String seen =
                "a heap of up to %s MiB%s, %s"
                        .formatted(
                                ReadableNumbers.number(heapBytes / MEBIBYTE),
                                machineBytes == 0
                                        ? ""
                                        : " of %s MiB"
                                                .formatted(
                                                        ReadableNumbers.number(
                                                                machineBytes / MEBIBYTE)),
                                ReadableNumbers.number(cores, "core"));
        if (heapBytes < SMALL_HEAP) {
            findings.warning(
                    Subject.MEMORY,
                    seen + "; this is little for a job in this process",
                    "give the command more, such as TICKFORMER_HEAP=2g");
        } else if (machineBytes > 0 && heapBytes > LARGEST_SHARE * machineBytes) {
            findings.warning(
                    Subject.MEMORY,
                    seen + "; the system may kill a process that uses all of it",
                    "set TICKFORMER_HEAP to about half of the memory, and leave the rest for the"
                            + " model and its cache");
        } else {
            findings.ok(Subject.MEMORY, seen);
        }
    }
}
