package io.tickformer.job;

import io.tickformer.flow.ForecastPipeline;
import io.tickformer.inference.EvaluationMode;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.ModelTickRewriter;
import io.tickformer.inference.OnnxRuntimeUnloader;
import io.tickformer.inference.incremental.CacheOptions;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.kafka.source.StartOffset;
import io.tickformer.operator.ContextStateBytes;
import io.tickformer.operator.EngineSettings;
import io.tickformer.operator.ForecastOperatorSettings;
import io.tickformer.operator.MicroBatchSettings;
import io.tickformer.operator.PartlyReadTickFilter;
import io.tickformer.operator.SilenceSettings;
import io.tickformer.operator.TickClosingSettings;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecException;
import io.tickformer.spec.SpecJson;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.MemorySize;

/**
 * The model of a job. It is read and run once where the job is submitted, so that a broken model is
 * refused there in one line and does not fail a task.
 */
final class JobModel {
    /** The limit of Java arrays and of Protocol Buffers messages. */
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private static final int MOST_SPEC_BYTES = 1 << 20;

    private final byte[] onnx;
    private final ForecastSpec foreign;
    private final ForecastSpec spec;
    private final ForecastOperatorSettings settings;

    private JobModel(
            byte[] onnx,
            ForecastSpec foreign,
            ForecastSpec spec,
            ForecastOperatorSettings settings) {
        this.onnx = onnx;
        this.foreign = foreign;
        this.spec = spec;
        this.settings = settings;
    }

    /**
     * Reads the model that the settings name.
     *
     * @param clock gives the time of submission
     * @throws OptionException if the model cannot be read, does not work or does not fit the
     *     settings
     */
    static JobModel read(JobSettings settings, Clock clock) {
        String path = settings.get(ModelOptions.PATH);
        ForecastSpec written = foreignSpec(settings.get(ModelOptions.SPEC));
        byte[] file = FlinkFiles.read(ModelOptions.PATH.key(), path, MOST_BYTES);
        byte[] ofTick =
                settings.find(ModelOptions.TICK)
                        .map(tick -> onTicks(tick, file, written, path))
                        .orElse(file);
        TickOverrides asked = TickOverrides.of(settings);
        ForecastSpec foreign = written == null ? null : asked.of(written, path);
        byte[] onnx = written == null ? asked.of(ofTick, path) : ofTick;
        ForecastSelection emitted =
                new ForecastSelection(
                        settings.get(ForecastOptions.HORIZON),
                        settings.get(ForecastOptions.QUANTILE_LEVELS));
        ForecastSpec spec = tryOut(path, onnx, foreign, emitted, settings);
        settings.find(TickOptions.LENGTH).ifPresent(length -> requireSame(length, spec, path));
        requireFields(settings.get(SourceOptions.VALUE_FIELDS), spec, path);
        requireWholeContext(settings.get(ForecastOptions.IDLE_EXPIRY_TICKS), spec, path);
        return new JobModel(
                onnx,
                foreign,
                spec,
                new ForecastOperatorSettings(
                        new TickClosingSettings(
                                settings.get(SourceOptions.OUT_OF_ORDERNESS),
                                settings.get(TickOptions.READINGS)),
                        new EngineSettings(
                                settings.get(ModelOptions.PROVIDER),
                                settings.get(ForecastOptions.MODE),
                                settings.find(ForecastOptions.CACHE_MEMORY)
                                        .map(MemorySize::getBytes)
                                        .orElse(EngineSettings.MANAGED_MEMORY),
                                emitted),
                        new MicroBatchSettings(
                                settings.get(ForecastOptions.MICRO_BATCH_SIZE),
                                settings.get(ForecastOptions.LINGER)),
                        new SilenceSettings(
                                settings.get(ForecastOptions.IDLE_EXPIRY_TICKS),
                                settings.get(ForecastOptions.SILENT_TICKS)),
                        ForecastFromOption.of(settings, clock),
                        readFrom(settings, clock),
                        FeedbackOptions.of(settings)));
    }

    /** If reading starts at the newest offsets, the current tick is read in part. */
    private static PartlyReadTickFilter readFrom(JobSettings settings, Clock clock) {
        return settings.get(SourceOptions.START) == StartOffset.LATEST
                ? PartlyReadTickFilter.ofNewest(clock.instant())
                : PartlyReadTickFilter.ALL;
    }

    private static byte[] onTicks(Duration tick, byte[] file, ForecastSpec foreign, String path) {
        if (foreign != null) {
            throw OptionException.invalid(
                    ModelOptions.TICK.key(),
                    OptionDescriptor.text(tick),
                    "none beside model.spec: set the tick length in the spec file");
        }
        try {
            return ModelTickRewriter.change(file, tick.toMillis());
        } catch (InferenceException | SpecException e) {
            throw new OptionException(
                    "%s is %s and %s is %s; %s"
                            .formatted(
                                    ModelOptions.PATH.key(),
                                    path,
                                    ModelOptions.TICK.key(),
                                    OptionDescriptor.text(tick),
                                    e.getMessage()),
                    e);
        }
    }

    private static ForecastSpec foreignSpec(String path) {
        if (path.isBlank()) {
            return null;
        }
        byte[] json = FlinkFiles.read(ModelOptions.SPEC.key(), path, MOST_SPEC_BYTES);
        try {
            return SpecJson.read(Utf8Text.of(path, json));
        } catch (SpecException e) {
            throw new OptionException(
                    "%s is %s; %s".formatted(ModelOptions.SPEC.key(), path, e.getMessage()), e);
        }
    }

    // On the CPU: the machine that submits a job may lack the GPU of those that run it.
    private static ForecastSpec tryOut(
            String path,
            byte[] onnx,
            ForecastSpec foreign,
            ForecastSelection emitted,
            JobSettings settings) {
        boolean isIncremental = settings.get(ForecastOptions.MODE) == EvaluationMode.INCREMENTAL;
        if (isIncremental && settings.get(ModelOptions.PROVIDER) == ExecutionProvider.CUDA) {
            throw OptionException.invalid(
                    ForecastOptions.MODE.key(),
                    "incremental",
                    "auto or full with %s cuda: a GPU would copy the cache to and fro at every call"
                            .formatted(ModelOptions.PROVIDER.key()));
        }
        try (ForecastModel model = ForecastModel.open(onnx, foreign, ExecutionProvider.CPU)) {
            model.newMicroBatch(1, emitted).close();
            if (isIncremental) {
                model.newIncrementalMicroBatch(1, emitted, CacheOptions.direct(0)).close();
            }
            return model.spec();
        } catch (InferenceException | SpecException e) {
            throw new OptionException(
                    "%s is %s; %s".formatted(ModelOptions.PATH.key(), path, e.getMessage()), e);
        } finally {
            // A JobManager that runs the main method of a jar keeps running afterwards.
            OnnxRuntimeUnloader.release();
        }
    }

    private static void requireSame(Duration length, ForecastSpec spec, String path) {
        if (length.toMillis() != spec.tickMillis()) {
            throw OptionException.invalid(
                    TickOptions.LENGTH.key(),
                    OptionDescriptor.text(length),
                    ("%s, the tick of %s; leave it out, train a model on such ticks, or set"
                                    + " model.tick for a model without calendar features")
                            .formatted(
                                    OptionDescriptor.text(Duration.ofMillis(spec.tickMillis())),
                                    path));
        }
    }

    private static void requireWholeContext(int expiryTicks, ForecastSpec spec, String path) {
        if (expiryTicks != 0 && expiryTicks < spec.ringTicks()) {
            throw OptionException.invalid(
                    ForecastOptions.IDLE_EXPIRY_TICKS.key(),
                    expiryTicks,
                    "0, or at least %d, the number of ticks that a forecast of %s depends on: a"
                                    .formatted(spec.ringTicks(), path)
                            + " series that expires sooner would lose some of them");
        }
    }

    private static void requireFields(List<String> fields, ForecastSpec spec, String path) {
        List<String> channels = spec.channels();
        if (!channels.isEmpty() && !Set.copyOf(fields).equals(Set.copyOf(channels))) {
            throw OptionException.invalid(
                    SourceOptions.VALUE_FIELDS.key(),
                    OptionDescriptor.text(fields),
                    "%s, in any order: %s mixes these channels of a record"
                            .formatted(OptionDescriptor.text(channels), path));
        }
    }

    /** The model's spec. */
    ForecastSpec spec() {
        return spec;
    }

    /** Length of the model's ticks. */
    Duration tickLength() {
        return Duration.ofMillis(spec.tickMillis());
    }

    /** Number of horizon steps that are emitted. */
    int steps() {
        return settings.engine().emitted().horizon() == 0
                ? spec.horizon()
                : settings.engine().emitted().horizon();
    }

    /** Number of quantile levels that are emitted. */
    int levels() {
        List<Double> levels = settings.engine().emitted().quantileLevels();
        return levels.isEmpty() ? spec.quantileLevels().size() : levels.size();
    }

    /** Settings of the operator. */
    ForecastOperatorSettings operatorSettings() {
        return settings;
    }

    /** This model in a job that continues after an earlier start. */
    JobModel after(ResumePlan restart) {
        return new JobModel(
                onnx,
                foreign,
                spec,
                settings.withFrom(settings.from().after(restart.done()))
                        .withWhole(restart.whole()));
    }

    /** The pipeline that runs the model. */
    ForecastPipeline pipeline() {
        return ForecastPipeline.ofTested(onnx, foreign, spec).withSettings(settings);
    }

    /** What a diagnosis needs of it. */
    TriedModel tried() {
        return new TriedModel(onnx, foreign, spec, steps(), levels(), stateBytesPerSeries());
    }

    /** Bytes of the state of a series, at most. */
    long stateBytesPerSeries() {
        return ContextStateBytes.ofSeries(spec, settings);
    }
}
