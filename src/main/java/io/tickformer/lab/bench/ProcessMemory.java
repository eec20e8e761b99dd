package io.tickformer.lab.bench;

import io.tickformer.annotation.Internal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of this process, in MiB. */
@Internal
public final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final double KIBIBYTES_A_MEBIBYTE = 1 << 10;
    private static final double MEBIBYTE = 1 << 20;

    private ProcessMemory() {}

    /** Resident memory as reported by Linux or {@code ps}; NaN if neither is available. */
    public static double residentMiB() {
        try {
            return Files.isReadable(STATUS)
                    ? residentMiB(Files.readString(STATUS))
                    : Double.parseDouble(resultOfPs().strip()) / KIBIBYTES_A_MEBIBYTE;
        } catch (IOException | NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** Resident memory from the text of /proc/self/status. */
    static double residentMiB(String status) {
        return status.lines()
                        .filter(line -> line.startsWith(RESIDENT))
                        .map(line -> line.substring(RESIDENT.length()).replace("kB", "").strip())
                        .mapToDouble(Double::parseDouble)
                        .findFirst()
                        .orElse(Double.NaN)
                / KIBIBYTES_A_MEBIBYTE;
    }

    private static String resultOfPs() throws IOException {
        String pid = String.valueOf(ProcessHandle.current().pid());
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", pid).start();
        return new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    /** Used heap after a garbage collection. */
    public static double heapMiB() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBIBYTE;
    }
}
