package io.tickformer.lab.bench;

import io.tickformer.console.ExitCodes;
import io.tickformer.console.UserError;
import io.tickformer.process.LogFile;
import io.tickformer.process.Servers;
import io.tickformer.process.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tickformer bench pipeline}: compares the job, from Kafka to Kafka, with alternatives. */
@Command(
        name = "pipeline",
        description = {
            "Runs the job from Kafka to Kafka on a local broker and compares it with the same job"
                    + " without a model and with one call of a model per record: throughput, latency,"
                    + " processor time and garbage.",
            "docs/benchmarks.md says exactly what is measured. Ctrl-C ends everything it started."
        },
        customSynopsis = "tickformer bench pipeline [OPTION]...",
        showDefaultValues = true,
        sortOptions = false)
final class PipelineCommand implements Callable<Integer> {
    private static final long MODEL_BYTES = 16L << 20;
    private static final int MOST_SERIES = 100_000;

    private static final List<Column> COLUMNS =
            List.of(
                    Column.of("variant", "variant"),
                    Column.of("load", "load"),
                    Column.of("eventsPerSecond", "events/s"),
                    Column.of("forecastsPerSecond", "forecasts/s"),
                    new Column("latencyP50Millis", "p50, ms", 1),
                    new Column("latencyP99Millis", "p99, ms", 1),
                    new Column("latencyP999Millis", "p99.9, ms", 1),
                    new Column("cpuMicrosPerForecast", "CPU, µs/forecast", 1),
                    Column.of("garbageBytesPerForecast", "garbage, bytes/forecast"));

    @Spec private CommandSpec command;

    @Mixin private BenchArguments arguments;

    @Option(
            names = "--variants",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Variants to run, in this order: ${COMPLETION-CANDIDATES}; by default all, with"
                            + " --quick all except per-record-vanilla.")
    private List<PipelineVariant> givenVariants;

    @Option(
            names = "--series",
            paramLabel = "N",
            description = "Number of series; by default 100, with --quick 20.")
    private Integer givenSeries;

    @Option(
            names = "--events-per-tick",
            paramLabel = "N",
            description = "Events of a series in a tick.")
    private int eventsPerTick = 4;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Subtasks of the job and partitions of its topics.")
    private int parallelism = 1;

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "Events in the backlog; by default 1000000, with --quick 200000.")
    private Long events;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description =
                    "Seconds measured at each load, after a warm-up of half that time; by default"
                            + " 10, with --quick 1.")
    private Integer seconds;

    @Option(
            names = "--setting",
            paramLabel = "NAME=VALUE",
            description = "A setting of the job for all variants; repeatable.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException {
        PipelinePlan plan = plan();
        Path logs = LogFile.inNewFolder("bench");
        try (BenchReport report = arguments.report(command, COLUMNS)) {
            report.machine();
            report.progress("logs " + logs);
            report.progress("starting the broker and the registry");
            try (Servers servers = Servers.start(logs);
                    TemporaryFolder models =
                            TemporaryFolder.create("tickformer-bench-", MODEL_BYTES)) {
                report.progress("writing a backlog of %,d events".formatted(plan.backlogEvents()));
                PipelineRun.fillBacklog(
                        plan, servers, plan.events(BenchModel.STREAMING.spec().tickMillis()));
                report.progress("warming up");
                run(plan, servers, PipelineVariant.ENGINE, models).warmUp();
                for (PipelineVariant variant : variants()) {
                    measure(run(plan, servers, variant, models), report);
                }
            }
        }
        return ExitCodes.OK;
    }

    private PipelineRun run(
            PipelinePlan plan, Servers servers, PipelineVariant variant, TemporaryFolder models)
            throws IOException {
        Path model = models.path().resolve(variant.model() + ".onnx");
        Files.write(model, variant.model().onnx());
        return new PipelineRun(plan, servers, variant, model, settings);
    }

    private static void measure(PipelineRun run, BenchReport report) throws IOException {
        report.progress(run.variant() + ": draining the backlog");
        Throughput most = run.drain();
        if (Double.isNaN(most.forecastsPerSecond())) {
            throw new UserError(
                    ("the backlog of %d events was drained before anything could be measured; give"
                                            + " more")
                                    .formatted(run.plan().backlogEvents())
                            + " with --events");
        }
        double eventsPerSecond = most.forecastsPerSecond() * run.plan().eventsPerTick();
        report.progress(
                "%s: sending half, then all of %,.0f events a second"
                        .formatted(run.variant(), eventsPerSecond));
        List<PipelineRun.Paced> paced = run.paced(eventsPerSecond / 2, eventsPerSecond);
        add(report, run, "half", paced.get(0).throughput(), paced.get(0).latencies());
        add(report, run, "full", most, paced.get(1).latencies());
    }

    private static void add(
            BenchReport report,
            PipelineRun run,
            String load,
            Throughput throughput,
            Latencies latencies) {
        report.add(
                run.variant().toString(),
                load,
                throughput.forecastsPerSecond() * run.plan().eventsPerTick(),
                throughput.forecastsPerSecond(),
                latencies.millis(0.5),
                latencies.millis(0.99),
                latencies.millis(0.999),
                throughput.cpuMicrosPerForecast(),
                throughput.garbageBytesPerForecast());
    }

    private List<PipelineVariant> variants() {
        if (givenVariants != null) {
            return givenVariants;
        }
        List<PipelineVariant> all = new ArrayList<>(List.of(PipelineVariant.values()));
        if (arguments.quick()) {
            // Alone it is so slow that it takes a quarter of the available time.
            all.remove(PipelineVariant.PER_RECORD_VANILLA);
        }
        return all;
    }

    private PipelinePlan plan() {
        boolean quick = arguments.quick();
        int series = givenSeries == null ? (quick ? 20 : 100) : givenSeries;
        require(parallelism >= 1 && parallelism <= 128, "--parallelism", parallelism, "1 to 128");
        require(
                series >= parallelism && series <= MOST_SERIES,
                "--series",
                series,
                "%d (one for each partition) to %d".formatted(parallelism, MOST_SERIES));
        require(
                eventsPerTick >= 1 && eventsPerTick <= 1000,
                "--events-per-tick",
                eventsPerTick,
                "1 to 1000");
        long backlog = events == null ? (quick ? 200_000 : 1_000_000) : events;
        long fewest = 4L * series * eventsPerTick;
        require(
                backlog >= fewest,
                "--events",
                backlog,
                "at least %d, four ticks of every series".formatted(fewest));
        int measured = seconds == null ? (quick ? 1 : 10) : seconds;
        require(measured >= 1 && measured <= 600, "--seconds", measured, "1 to 600");
        Duration half = Duration.ofMillis(500L * measured);
        return new PipelinePlan(
                series,
                eventsPerTick,
                parallelism,
                backlog,
                half,
                Duration.ofSeconds(measured),
                half);
    }

    private static void require(boolean holds, String option, long given, String expected) {
        if (!holds) {
            throw new UserError("%s is %d; expected %s".formatted(option, given, expected));
        }
    }
}
