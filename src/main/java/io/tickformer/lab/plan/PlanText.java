package io.tickformer.lab.plan;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import io.tickformer.lab.plan.FleetNeeds.Compute;
import io.tickformer.lab.plan.FleetNeeds.Traffic;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A plan as text. */
final class PlanText {
    private static final String[] BINARY = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB"};
    private static final int STEP = 1_024;
    private static final double MEGABYTE = 1e6;

    private final FleetInputs inputs;
    private final FleetNeeds needs;
    private final PrintWriter out;

    PlanText(FleetInputs inputs, FleetNeeds needs, PrintWriter out) {
        this.inputs = inputs;
        this.needs = needs;
        this.out = out;
    }

    /** Prints the plan, with the assumptions at the end. */
    void print(List<String> assumptions) {
        Compute compute = needs.compute();
        line("%,d series, a tick of %s", inputs.series(), text(inputs.tick()));
        line("");
        row("forecasts", "%,.1f a second", needs.forecastsPerSecond());
        row("a forecast", "%.1f µs of a core", compute.micros());
        row("busy cores", "%,.2f", compute.cores());
        row("slots", "%,d, one a core", compute.slots());
        row(
                "TaskManagers",
                "%,d of %,d slots",
                compute.taskManagers(),
                inputs.coresPerTaskManager());
        if (inputs.cores() > 0) {
            row(
                    "given cores",
                    "%,d, busy for %.0f %%: %s",
                    inputs.cores(),
                    100 * needs.load(),
                    verdict());
        }
        row(
                "cache",
                "%s, %s a TaskManager, of %s for all series; hit rate %.3f",
                size(compute.cacheBytes()),
                size(compute.cacheBytes() / compute.taskManagers()),
                size(needs.cacheBytesForAll()),
                compute.hitRate());
        row(
                "state",
                "%s, %s a TaskManager",
                size(needs.stateBytes()),
                size(needs.stateBytes() / compute.taskManagers()));
        row(
                "checkpoints",
                "%,.1f MB/s; %,.1f MB/s if incremental",
                needs.checkpointBytesPerSecond() / MEGABYTE,
                needs.incrementalBytesPerSecond() / MEGABYTE);
        row("Kafka in", "%s", traffic(needs.input()));
        row("Kafka out", "%s", traffic(needs.output()));
        row("partitions", "at least %,d, in and out", needs.partitions());
        line("");
        line("memory versus cores");
        line(
                "%12s  %8s  %11s  %10s  %12s",
                "cache", "hit rate", "µs/forecast", "slots", "TaskManagers");
        for (Compute choice : needs.choices()) {
            line(
                    "%12s  %8.3f  %11.1f  %,10d  %,12d",
                    size(choice.cacheBytes()),
                    choice.hitRate(),
                    choice.micros(),
                    choice.slots(),
                    choice.taskManagers());
        }
        line("");
        line("assumptions");
        assumptions.forEach(each -> line("- %s", each));
        out.flush();
    }

    private String verdict() {
        if (needs.load() > 1) {
            return "too few";
        }
        return needs.load() > inputs.utilisation()
                ? "enough, but less headroom than planned"
                : "enough";
    }

    /** A duration in the form of the options. */
    static String text(Duration length) {
        return length.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private static String traffic(Traffic traffic) {
        return String.format(
                Locale.ROOT,
                "%,.1f records/s, %,.2f MB/s",
                traffic.recordsPerSecond(),
                traffic.bytesPerSecond() / MEGABYTE);
    }

    /** A size in the largest unit that gives at least 1. */
    static String size(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= STEP && unit < BINARY.length - 1) {
            amount /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, BINARY[unit]);
    }

    @FormatMethod
    private void row(String name, @FormatString String format, Object... values) {
        line("%-13s %s", name, String.format(Locale.ROOT, format, values));
    }

    @FormatMethod
    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
