package io.tickformer.lab.bench;

import io.tickformer.console.UserError;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.runtime.ExecutionProvider;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tickformer bench inference}: compares the cost of a forecast across evaluation modes. */
@Command(
        name = "inference",
        description = {
            "Measures the cost of a forecast on one thread: a transformer with one token per tick,"
                    + " the streaming transformer over its whole context, and its incremental step with"
                    + " the cache. Also measures the rate of a large matrix product.",
            "docs/benchmarks.md says exactly what is measured."
        },
        customSynopsis = "tickformer bench inference [OPTION]...",
        showDefaultValues = true,
        sortOptions = false)
final class InferenceCommand implements Callable<Integer> {
    private static final List<Column> COLUMNS =
            List.of(
                    Column.of("case", "case"),
                    Column.of("microBatch", "micro-batch"),
                    new Column("microsPerForecast", "µs/forecast", 2),
                    new Column("modelMicros", "in the model", 2),
                    new Column("gflops", "GFLOP/s", 1),
                    new Column("peakFraction", "of peak", 2),
                    Column.of("bytesMoved", "bytes moved"),
                    Column.of("garbageBytes", "garbage, bytes"),
                    Column.of("forecastBytes", "record, bytes"),
                    new Column("timesCheaper", "× cheaper than vanilla", 1));

    @Spec private CommandSpec command;

    @Mixin private BenchArguments arguments;

    @Option(
            names = "--micro-batch",
            split = ",",
            paramLabel = "N",
            description = "Micro-batch sizes, powers of two up to 1024.")
    private List<Integer> sizes = List.of(1, 16, 64, 256);

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description =
                    "Rounds over all cases at each size; by default 15, with --quick 2. A figure is"
                            + " the median over the rounds.")
    private Integer rounds;

    @Override
    public Integer call() {
        for (int size : sizes) {
            if (size < 1 || size > 1024 || Integer.bitCount(size) != 1) {
                throw new UserError(
                        "--micro-batch is %d; expected a power of two up to 1024".formatted(size));
            }
        }
        if (rounds != null && rounds < 1) {
            throw new UserError("--rounds is %d; expected at least 1".formatted(rounds));
        }
        InferencePlan plan = InferencePlan.of(arguments.quick(), rounds);
        Map<BenchModel, ForecastModel> models = new EnumMap<>(BenchModel.class);
        try (BenchReport report = arguments.report(command, COLUMNS);
                MatMulPeak peak = new MatMulPeak(System::nanoTime)) {
            report.machine();
            for (BenchModel model : BenchModel.values()) {
                models.put(model, ForecastModel.open(model.onnx(), ExecutionProvider.CPU));
            }
            for (int size : sizes) {
                report.progress("micro-batches of " + size);
                add(report, size, plan, InferenceRun.run(models, size, plan, peak));
            }
        } finally {
            models.values().forEach(ForecastModel::close);
        }
        return 0;
    }

    private static void add(
            BenchReport report, int size, InferencePlan plan, InferenceRun.Result result) {
        double vanilla = result.of(InferenceCase.VANILLA_FULL).micros();
        for (InferenceCase each : InferenceCase.values()) {
            InferenceRun.Figures figures = result.of(each);
            double gflops = each.operations() / figures.modelMicros() / 1e3;
            report.add(
                    each.label(),
                    size,
                    figures.micros(),
                    figures.modelMicros(),
                    gflops,
                    gflops / result.peakGflops(),
                    each.bytesMoved(),
                    figures.garbageBytes(),
                    figures.forecastBytes(),
                    vanilla / figures.micros());
        }
        report.progress(
                "matrix product: %.1f GFLOP/s; %d rounds"
                        .formatted(result.peakGflops(), plan.rounds()));
    }
}
