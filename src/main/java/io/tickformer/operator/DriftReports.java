package io.tickformer.operator;

import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The drift reports of a subtask, gathered by tick so that their number does not grow with the
 * number of series.
 *
 * <p>They are emitted before a watermark, a checkpoint barrier and the end of input are forwarded,
 * so they are never part of the state. After a failure, the ticks come again.
 */
final class DriftReports {
    private final TreeMap<Long, DriftReport> byTick = new TreeMap<>();

    /** A series was scored at a tick. */
    void add(long tick, boolean isDegraded, double errorRatio) {
        byTick.merge(
                tick, new DriftReport(tick, 1, isDegraded ? 1 : 0, errorRatio), DriftReport::plus);
    }

    /** Emits the reports, the oldest tick first, and forgets them. */
    void emit(Consumer<DriftReport> out) {
        byTick.values().forEach(out);
        byTick.clear();
    }
}
