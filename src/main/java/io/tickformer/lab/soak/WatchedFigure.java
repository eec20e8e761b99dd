package io.tickformer.lab.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import io.tickformer.lab.bench.Column;
import io.tickformer.lab.bench.ProcessMemory;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * A measure of this process.
 *
 * @param column its column in a report
 * @param amount absolute growth that is allowed
 * @param part allowed growth as a part of the median
 * @param source reads it
 */
record WatchedFigure(Column column, double amount, double part, DoubleSupplier source) {
    private static final double MEBIBYTE = 1 << 20;

    /**
     * All measures. The heap is read after a garbage collection. Resident memory includes that of
     * ONNX Runtime and RocksDB; it varies as the JVM returns heap memory to the system.
     */
    static final List<WatchedFigure> ALL =
            List.of(
                    mebibytes("heap", 3, 0.03, ProcessMemory::heapMiB),
                    mebibytes("direct", 1, 0, () -> pool("direct")),
                    mebibytes("mapped", 1, 0, () -> pool("mapped")),
                    mebibytes("metaspace", 2, 0, WatchedFigure::metaspace),
                    number("openFiles", "files", WatchedFigure::openFiles),
                    number("threads", "threads", WatchedFigure::threads),
                    mebibytes("resident", 24, 0.03, ProcessMemory::residentMiB));

    private static WatchedFigure mebibytes(
            String name, double amount, double part, DoubleSupplier source) {
        return new WatchedFigure(new Column(name + "MiB", name + ", MiB", 1), amount, part, source);
    }

    private static WatchedFigure number(String field, String heading, DoubleSupplier source) {
        return new WatchedFigure(Column.of(field, heading), 3, 0, source);
    }

    /** One reading of each measure, in order. */
    static List<Double> readAll() {
        return ALL.stream().map(each -> each.source.getAsDouble()).toList();
    }

    /** The trend of readings at equal distances. */
    GrowthTrend trend(List<Double> readings) {
        return GrowthTrend.of(readings, amount, part);
    }

    private static double threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static double pool(String name) {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals(name))
                .mapToDouble(pool -> pool.getMemoryUsed() / MEBIBYTE)
                .sum();
    }

    private static double metaspace() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .mapToDouble(pool -> pool.getUsage().getUsed() / MEBIBYTE)
                .sum();
    }

    private static double openFiles() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : Double.NaN;
    }
}
