package io.tickformer.lab.bench;

import io.tickformer.console.ExitCodes;
import io.tickformer.console.UserError;
import io.tickformer.job.RuntimeOptions.StateBackend;
import io.tickformer.spec.ForecastSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.MemorySize;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tickformer bench scaling}: measures how the cost of a forecast grows. */
@Command(
        name = "scaling",
        description = {
            "Measures the cost of a forecast with longer contexts, wider attention windows, more"
                    + " layers, larger widths and more series.",
            "docs/benchmarks.md says exactly what is measured."
        },
        customSynopsis = "tickformer bench scaling [OPTION]...",
        showDefaultValues = true,
        sortOptions = false)
final class ScalingCommand implements Callable<Integer> {
    private static final int MOST_SERIES = 10_000_000;

    @Spec private CommandSpec command;

    @Mixin private BenchArguments arguments;

    @Option(
            names = "--parts",
            split = ",",
            paramLabel = "NAME",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            description = "What to measure; by default all: ${COMPLETION-CANDIDATES}.")
    private List<Part> parts = List.of(Part.values());

    @Option(
            names = "--series",
            split = ",",
            paramLabel = "N",
            description =
                    "Numbers of series of the job; by default 1000,100000,1000000, with --quick"
                            + " 10000.")
    private List<Integer> series;

    @Option(
            names = "--state-backend",
            paramLabel = "NAME",
            defaultValue = "rocksdb",
            description = "Where the job holds its contexts: rocksdb or heap.")
    private StateBackend backend;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Subtasks of the job; by default the number of cores.")
    private Integer parallelism;

    @Option(
            names = "--managed-memory",
            paramLabel = "SIZE",
            defaultValue = "1g",
            description = "Managed memory of the job, for RocksDB and the cache.")
    private String managedMemory;

    @Option(
            names = "--flink",
            paramLabel = "NAME=VALUE",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            description = "A Flink setting for the job; repeatable.")
    private Map<String, String> flink = new LinkedHashMap<>();

    /** The parts of the measurement. */
    enum Part {
        ENGINE,
        JOB;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() throws Exception {
        if (parts.contains(Part.ENGINE)) {
            engine();
        }
        if (parts.contains(Part.JOB)) {
            job(fleets());
        }
        return ExitCodes.OK;
    }

    private List<FleetBenchSetup> fleets() {
        List<Integer> counts = series;
        if (counts == null) {
            counts = arguments.quick() ? List.of(10_000) : List.of(1_000, 100_000, 1_000_000);
        }
        List<FleetBenchSetup> plans = new ArrayList<>();
        int subtasks = parallelism == null ? processors() : parallelism;
        require(subtasks >= 1 && subtasks <= 128, "--parallelism", subtasks, "1 to 128");
        ForecastSpec spec = BenchModel.STREAMING.spec().withTickMeaning(FleetTicks.MEANING);
        byte[] model = BenchModel.onnx(spec);
        for (int count : counts) {
            require(count >= 1 && count <= MOST_SERIES, "--series", count, "1 to " + MOST_SERIES);
            plans.add(
                    new FleetBenchSetup(
                            model,
                            spec,
                            count,
                            backend,
                            subtasks,
                            managedBytes(),
                            flink,
                            Duration.ofSeconds(arguments.quick() ? 2 : 10)));
        }
        return plans;
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    private long managedBytes() {
        try {
            return MemorySize.parseBytes(managedMemory);
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    "--managed-memory is %s; expected a size such as 1g".formatted(managedMemory),
                    e);
        }
    }

    private static void require(boolean holds, String option, long given, String expected) {
        if (!holds) {
            throw new UserError("%s is %d; expected %s".formatted(option, given, expected));
        }
    }

    private void job(List<FleetBenchSetup> plans) throws Exception {
        try (BenchReport report = arguments.report(command, FleetFigures.COLUMNS)) {
            if (!parts.contains(Part.ENGINE)) {
                report.machine();
            }
            for (FleetBenchSetup plan : plans) {
                report.progress("a job of %,d series".formatted(plan.series()));
                report.add(FleetRun.run(plan).values());
            }
        }
    }

    private void engine() {
        EngineCases cases = new EngineCases(arguments.quick());
        try (BenchReport report = arguments.report(command, EngineFigures.COLUMNS)) {
            report.machine();
            for (List<EngineVariant> variants : cases.all()) {
                report.progress(variants.get(0).ofCase());
                for (EngineFigures figures :
                        EngineRun.run(variants, cases.rounds(), cases.forecasts())) {
                    report.add(figures.values());
                }
            }
        }
    }
}
