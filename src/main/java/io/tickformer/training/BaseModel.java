package io.tickformer.training;

import io.tickformer.annotation.Internal;
import io.tickformer.event.TickMeaning;
import io.tickformer.graph.Shape;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.model.Networks;
import io.tickformer.model.Parameter;
import io.tickformer.model.ParameterLayout;
import io.tickformer.onnx.OnnxFile;
import io.tickformer.spec.AcceptedTickMeanings;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ModelMetadata;
import io.tickformer.spec.SpecJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A trained model that fine-tuning starts from.
 *
 * <p>Its weights only make sense for the inputs and outputs they were trained for, so the
 * fine-tuned model keeps the spec of the base model, with three exceptions. The ticks may have
 * another length: tokens are normalised, so a model of hourly ticks is useful for one-minute ticks,
 * too. The ticks may have another meaning if the base model accepts any. The horizon may be
 * shorter: each head keeps the weights of the remaining steps and their forecasts do not change.
 *
 * @param source file of the model, for messages
 * @param metadata metadata of the model
 * @param parameters its weights, flat
 */
@Internal
public record BaseModel(String source, ModelMetadata metadata, float[] parameters) {
    /**
     * Reads a model file.
     *
     * @throws TrainingException if the file is not a model of Tickformer
     * @throws IOException if it cannot be read
     */
    public static BaseModel read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new TrainingException(file + ": this is a directory; expected an ONNX file");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new TrainingException(
                    file + ": this is a device or a pipe; expected an ONNX file");
        }
        byte[] bytes = Files.readAllBytes(file);
        try {
            OnnxFile onnx = OnnxFile.read(bytes);
            ModelMetadata metadata =
                    ModelMetadata.fromProperties(onnx.metadata())
                            .orElseThrow(() -> foreign(file, "the file has no spec", null));
            // Check that the model can be run before training starts from it.
            ForecastModel.open(bytes, ExecutionProvider.CPU).close();
            ParameterLayout layout = Networks.of(metadata.spec()).layout();
            return new BaseModel(file.toString(), metadata, layout.flatten(onnx.initializers()));
        } catch (IllegalArgumentException | InferenceException e) {
            throw foreign(file, e.getMessage(), e);
        }
    }

    private static TrainingException foreign(Path file, String reason, Exception cause) {
        return new TrainingException(
                ("%s: training cannot start from this model: %s; expected a file that"
                                + " `tickformer train` wrote")
                        .formatted(file, reason),
                cause);
    }

    /** Name and version of the model. */
    public String label() {
        return metadata.name() + " " + metadata.version();
    }

    /**
     * The spec of a model fine-tuned from this one.
     *
     * @param tickMillis length of its ticks
     * @param horizon H, at most that of the base model; 0 for the same
     * @throws TrainingException if the horizon is longer than that of the base model
     */
    public ForecastSpec spec(long tickMillis, int horizon) {
        ForecastSpec own = metadata.spec();
        if (horizon > own.horizon()) {
            throw new TrainingException(
                    ("the horizon is %d; %s forecasts %d ticks: ask for at most as many, or train"
                                    + " from scratch, without --from")
                            .formatted(horizon, source, own.horizon()));
        }
        return own.toBuilder()
                .tickMillis(tickMillis)
                .horizon(horizon == 0 ? own.horizon() : horizon)
                .build();
    }

    /**
     * The weights for a spec that {@link #spec(long, int)} returned.
     *
     * @throws TrainingException if it is another spec
     */
    float[] parametersFor(ForecastSpec wanted) {
        if (wanted.horizon() > metadata.spec().horizon()
                || !wanted.equals(
                        spec(wanted.tickMillis(), wanted.horizon()).toBuilder()
                                .tickMeaning(meaningFor(wanted))
                                .tickFit(wanted.tickFit())
                                .build())) {
            throw new TrainingException(
                    ("the spec of %s differs from that of the model to train: %s instead of %s; only ticks"
                                    + " and a shorter horizon may differ")
                            .formatted(
                                    source,
                                    SpecJson.write(metadata.spec()),
                                    SpecJson.write(wanted)));
        }
        List<Parameter> own = Networks.of(metadata.spec()).layout().parameters();
        ParameterLayout layout = Networks.of(wanted).layout();
        float[] flat = new float[layout.size()];
        for (int i = 0; i < own.size(); i++) {
            copyFirstColumns(own.get(i), layout.parameters().get(i), flat);
        }
        return flat;
    }

    private TickMeaning meaningFor(ForecastSpec wanted) {
        ForecastSpec own = metadata.spec();
        return own.tickFit() == AcceptedTickMeanings.ANY ? wanted.tickMeaning() : own.tickMeaning();
    }

    /**
     * A head orders its columns by channel and then by horizon step, so a shorter horizon keeps the
     * first columns of each channel in each row. All other weights keep their size.
     */
    private void copyFirstColumns(Parameter from, Parameter to, float[] flat) {
        boolean isHead = columns(to.shape()) < columns(from.shape());
        int parts = isHead ? metadata.spec().channelCount() : 1;
        int columns = columns(from.shape()) / parts;
        int kept = columns(to.shape()) / parts;
        for (int row = 0; row < to.size() / kept; row++) {
            System.arraycopy(
                    parameters,
                    from.offset() + row * columns,
                    flat,
                    to.offset() + row * kept,
                    kept);
        }
    }

    private static int columns(Shape shape) {
        return Math.toIntExact(shape.size(-1));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BaseModel that
                && source.equals(that.source)
                && metadata.equals(that.metadata);
    }

    @Override
    public int hashCode() {
        return 31 * source.hashCode() + metadata.hashCode();
    }
}
