package io.tickformer.lab.plan;

import io.tickformer.annotation.Internal;
import io.tickformer.console.DurationConverter;
import io.tickformer.console.ExitCodes;
import io.tickformer.console.ModelFileReader;
import io.tickformer.console.UserError;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.kafka.PayloadFormat;
import io.tickformer.operator.ContextStateBytes;
import io.tickformer.operator.ForecastOperatorSettings;
import io.tickformer.process.Installation;
import io.tickformer.spec.ForecastSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.MemorySize;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tickformer plan}: estimates the resources that a fleet needs. */
@Command(
        name = "plan",
        description = {
            "Estimates what a fleet of series needs: cores, TaskManagers, cache, state,"
                    + " checkpoints, Kafka traffic.",
            "The cost of a forecast is measured on one core of this machine, or given with"
                    + " --cost-micros."
        },
        customSynopsis = "tickformer plan --series N --tick LENGTH [OPTION]...",
        showDefaultValues = true,
        sortOptions = false)
@Internal
public final class PlanCommand implements Callable<Integer> {
    private static final long PARTITION_BYTES_PER_SECOND = 10_000_000;

    @Spec private CommandSpec command;

    @Option(
            names = "--series",
            required = true,
            paramLabel = "N",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            description = "Number of series in the fleet, up to 100 million.")
    private long series;

    @Option(
            names = "--tick",
            required = true,
            paramLabel = "LENGTH",
            converter = DurationConverter.class,
            description =
                    "Tick length, such as 1s, 15m or 1h; each series is forecast once per tick.")
    private Duration tick;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "The model file; by default models/meters.onnx of this project.")
    private Path model;

    @Option(
            names = "--horizon",
            paramLabel = "N",
            description = "Horizon steps emitted; 0 for all steps of the model.")
    private int horizon;

    @Option(
            names = "--quantile-levels",
            split = ",",
            paramLabel = "LEVEL",
            description = "Quantile levels emitted; by default all levels of the model.")
    private List<Double> quantileLevels;

    @Option(
            names = "--values-per-record",
            paramLabel = "N",
            description =
                    "Number of series for which an input record holds a value; by default 1, or the"
                            + " channels of the model.")
    private Integer valuesPerRecord;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            defaultValue = "avro",
            description = "Format of the records: avro or json.")
    private PayloadFormat format;

    @Option(
            names = "--cache-memory",
            paramLabel = "SIZE",
            description =
                    "Memory of all caches together, such as 64g; by default enough for every"
                            + " series.")
    private String cacheMemory;

    @Option(
            names = "--cores",
            paramLabel = "N",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            description = "Available cores; by default as many as needed.")
    private int cores;

    @Option(
            names = "--cores-per-task-manager",
            paramLabel = "N",
            description = "Cores of a TaskManager, with one slot each.")
    private int coresPerTaskManager = 4;

    @Option(
            names = "--utilisation",
            paramLabel = "SHARE",
            description = "Planned utilisation of a core.")
    private double utilisation = 0.6;

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "LENGTH",
            converter = DurationConverter.class,
            defaultValue = "10s",
            description = "Time between checkpoints.")
    private Duration checkpointInterval;

    @Option(
            names = "--cost-micros",
            paramLabel = "MICROS",
            split = ",",
            description =
                    "Instead of a measurement: microseconds of a forecast on one core with a cache"
                            + " hit, and with a miss.")
    private List<Double> costMicros;

    @Option(
            names = "--job-micros",
            paramLabel = "N",
            description = "Microseconds per forecast that the rest of the job takes.")
    private double jobMicros = 20;

    @Option(names = "--json", description = "Print only one JSON object on standard output.")
    private boolean json;

    @Option(
            names = "--kubernetes",
            description =
                    "Print the resources of a FlinkDeployment, as docker/kubernetes uses them.")
    private boolean kubernetes;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = command.commandLine().getOut();
        if (json && kubernetes) {
            throw new UserError("--json and --kubernetes are two forms of the plan; give one");
        }
        try (ForecastModel opened = open(modelFile())) {
            FleetInputs inputs = inputs(opened);
            FleetNeeds needs = FleetPlanner.plan(inputs);
            List<String> assumptions =
                    new PlanAssumptions(inputs, name(opened), source(), recordFormat()).lines();
            if (kubernetes) {
                out.print(new PlanKubernetes(inputs, needs).yaml());
                out.flush();
            } else if (json) {
                out.println(PlanJson.of(inputs, needs, assumptions));
                out.flush();
            } else {
                new PlanText(inputs, needs, out).print(assumptions);
            }
        }
        return ExitCodes.OK;
    }

    private static ForecastModel open(Path file) throws IOException {
        try {
            return ForecastModel.open(ModelFileReader.read(file), ExecutionProvider.CPU);
        } catch (InferenceException e) {
            throw new UserError(file + ": " + e.getMessage(), e);
        }
    }

    private Path modelFile() {
        return model == null ? Installation.current().model("meters.onnx") : model;
    }

    private FleetInputs inputs(ForecastModel opened) {
        ForecastSpec spec = opened.spec();
        boolean isIncremental = opened.objectionToIncremental().isEmpty();
        MeasuredCost costs = costs(opened, isIncremental);
        RecordSizes sizes = new RecordSizes(format);
        int values = valuesPerRecord == null ? spec.channelCount() : valuesPerRecord;
        return new FleetInputs(
                series,
                tick,
                values,
                spec.channelCount(),
                new FleetInputs.ContextCosts(
                        costs.stepMicros(),
                        costs.prefillMicros(),
                        jobMicros,
                        isIncremental ? opened.cacheBytesPerSeries() : 0,
                        ContextStateBytes.ofSeries(spec, ForecastOperatorSettings.DEFAULT)
                                + RecordSizes.KEY_BYTES),
                cacheBytes(),
                coresPerTaskManager,
                cores,
                utilisation,
                checkpointInterval,
                sizes.ofInput(values),
                sizes.ofForecast(MeasuredCost.forecast(opened, emitted())),
                PARTITION_BYTES_PER_SECOND);
    }

    private ForecastSelection emitted() {
        return new ForecastSelection(horizon, quantileLevels == null ? List.of() : quantileLevels);
    }

    private MeasuredCost costs(ForecastModel opened, boolean isIncremental) {
        if (costMicros == null) {
            return MeasuredCost.measure(opened, System::nanoTime);
        }
        if (costMicros.size() > 2 || (isIncremental && costMicros.size() < 2)) {
            throw new UserError(
                    ("--cost-micros is %s; expected two numbers for this model, such as 12,150: a"
                                    + " forecast with a cache hit, and one with a miss")
                            .formatted(costMicros));
        }
        return new MeasuredCost(costMicros.get(0), costMicros.get(costMicros.size() - 1));
    }

    private long cacheBytes() {
        if (cacheMemory == null) {
            return FleetInputs.ROOM_FOR_ALL;
        }
        try {
            return MemorySize.parseBytes(cacheMemory);
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    "--cache-memory is %s; expected a size such as 64g".formatted(cacheMemory), e);
        }
    }

    private static String name(ForecastModel opened) {
        return "%s %s, T = %d"
                .formatted(opened.name(), opened.version(), opened.spec().contextLength());
    }

    private String source() {
        return costMicros == null ? "measured on this machine, now" : "as given";
    }

    private String recordFormat() {
        return format == PayloadFormat.AVRO ? "Avro" : format.name().toUpperCase(Locale.ROOT);
    }
}
