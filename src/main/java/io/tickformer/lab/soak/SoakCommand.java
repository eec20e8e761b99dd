package io.tickformer.lab.soak;

import io.tickformer.annotation.Internal;
import io.tickformer.console.ExitCodes;
import io.tickformer.console.UserError;
import io.tickformer.job.RuntimeOptions.StateBackend;
import io.tickformer.lab.bench.BenchModel;
import io.tickformer.lab.bench.BenchReport;
import io.tickformer.lab.bench.Column;
import io.tickformer.lab.bench.FleetBenchSetup;
import io.tickformer.spec.ForecastSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tickformer soak}: tests whether a long-running job leaks. */
@Command(
        name = "soak",
        description = {
            "Runs millions of ticks at full speed through the operator in a Flink cluster of this"
                    + " process. Series come and go, and there is a checkpoint at every reading."
                    + " Measures memory, threads and open files of the process.",
            "A measure is growing if a robust line through the second half of its readings rises by"
                    + " more than is allowed. Then the exit code is 3."
        },
        customSynopsis = "tickformer soak [OPTION]...",
        showDefaultValues = true,
        sortOptions = false)
@Internal
public final class SoakCommand implements Callable<Integer> {
    private static final double MILLION = 1e6;
    private static final int MOST_SERIES = 1_000_000;
    private static final int LEAST_READINGS = 8;
    private static final long MANAGED_BYTES = 128L << 20;

    /** Enough for every kind of event, for series to expire, and for half of the readings. */
    private static final int LEAST_CONTEXTS = 10;

    /** P = 4, W = 8, L = 2: T = 60. */
    private static final ForecastSpec SPEC =
            ForecastSpec.streaming()
                    .tickMillis(1_000)
                    .patchLength(4)
                    .attentionWindow(8)
                    .horizon(24)
                    .layers(2)
                    .width(32)
                    .heads(4)
                    .feedForwardWidth(64)
                    .build();

    private static final List<Column> VERDICTS =
            List.of(
                    Column.of("measure", "measure"),
                    new Column("growth", "growth", 2),
                    new Column("allowed", "allowed", 2),
                    Column.of("verdict", "verdict"));

    @Spec private CommandSpec command;

    @Option(
            names = "--ticks",
            paramLabel = "N",
            defaultValue = "5",
            description = "Number of ticks, in millions.")
    private double millions;

    @Option(
            names = "--series",
            paramLabel = "N",
            defaultValue = "500",
            description = "Number of series that live at a time.")
    private int series;

    @Option(
            names = "--readings",
            paramLabel = "N",
            defaultValue = "40",
            description = "Number of measurements.")
    private int readings;

    @Option(
            names = "--state-backend",
            paramLabel = "NAME",
            defaultValue = "heap",
            description = "Where the job holds its contexts: heap or rocksdb.")
    private StateBackend backend;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "1",
            description = "Subtasks of the operator.")
    private int parallelism;

    @Option(
            names = "--flink",
            paramLabel = "NAME=VALUE",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            description = "A Flink setting for the job; repeatable.")
    private Map<String, String> flink = new LinkedHashMap<>();

    @Option(
            names = "--json",
            description =
                    "Print only JSON lines on standard output: one per reading, then one per"
                            + " verdict. By default two tables.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        require(series >= 1 && series <= MOST_SERIES, "--series", series, "1 to " + MOST_SERIES);
        require(parallelism >= 1 && parallelism <= 128, "--parallelism", parallelism, "1 to 128");
        require(
                readings >= LEAST_READINGS && readings <= 10_000,
                "--readings",
                readings,
                LEAST_READINGS + " to 10000");
        double least = 1.0 * LEAST_CONTEXTS * SPEC.contextLength() * series / MILLION;
        require(
                millions >= least && millions <= 1e6,
                "--ticks",
                millions,
                "%s million or more with %d series, up to a million million"
                        .formatted(least, series));
        Map<WatchedFigure, GrowthTrend> trends;
        try (BenchReport report = report(SoakRun.columns())) {
            report.machine();
            trends = new SoakRun(plan(), Math.round(millions * MILLION), readings).run(report);
        }
        try (BenchReport verdicts = report(VERDICTS)) {
            trends.forEach(
                    (measure, trend) ->
                            verdicts.add(
                                    measure.column().field(),
                                    trend.growth(),
                                    trend.allowed(),
                                    trend.verdict()));
        }
        return trends.values().stream().anyMatch(GrowthTrend::isGrowing)
                ? ExitCodes.CHECK_FAILED
                : ExitCodes.OK;
    }

    private FleetBenchSetup plan() {
        return new FleetBenchSetup(
                BenchModel.onnx(SPEC),
                SPEC,
                series,
                backend,
                parallelism,
                MANAGED_BYTES,
                flink,
                Duration.ZERO);
    }

    private BenchReport report(List<Column> columns) {
        return new BenchReport(
                columns, json, command.commandLine().getOut(), command.commandLine().getErr());
    }

    private static void require(boolean holds, String option, Object given, String expected) {
        if (!holds) {
            throw new UserError("%s is %s; expected %s".formatted(option, given, expected));
        }
    }
}
