package io.tickformer.training;

import io.tickformer.event.TickMeaning;
import io.tickformer.graph.Shape;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.inference.runtime.Provider;
import io.tickformer.model.Networks;
import io.tickformer.model.Parameter;
import io.tickformer.model.ParameterLayout;
import io.tickformer.onnx.OnnxFile;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ModelMetadata;
import io.tickformer.spec.SpecJson;
import io.tickformer.spec.TickFit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A trained model that training goes on from, on other data: fine-tuning.
 *
 * <p>Weights keep their meaning only where they meet the inputs they were trained on and answer in
 * the shape they were trained for, so the spec stays that of the origin but for three things. Ticks
 * may have another length: tokens are normalised, so that a model of hourly ticks says something of
 * ticks of a minute, too. They may have another meaning where the origin takes any. And the horizon
 * may be shorter, as the first steps of a forecast are a forecast: every head keeps the weights of
 * those steps, and answers as before.
 *
 * @param source what the model was read from, for messages
 * @param metadata what the model says of itself
 * @param parameters its weights, flat
 */
public record BaseModel(String source, ModelMetadata metadata, float[] parameters) {
    /**
     * Reads the file of a model.
     *
     * @throws TrainingException if the file is no model of ours
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
            // Opened once: training from weights that cannot forecast leads nowhere.
            ForecastModel.open(bytes, Provider.CPU).close();
            ParameterLayout layout = Networks.of(metadata.spec()).layout();
            return new BaseModel(file.toString(), metadata, layout.flatten(onnx.initializers()));
        } catch (IllegalArgumentException | InferenceException e) {
            throw foreign(file, e.getMessage(), e);
        }
    }

    private static TrainingException foreign(Path file, String reason, Exception cause) {
        return new TrainingException(
                ("%s: this is no model that training can go on from: %s; expected a file that"
                                + " `tickformer train` wrote")
                        .formatted(file, reason),
                cause);
    }

    /** What tells this baseModel from others: its name and version. */
    public String label() {
        return metadata.name() + " " + metadata.version();
    }

    /**
     * The spec of a model fine-tuned from this.
     *
     * @param tickMillis length of its ticks
     * @param horizon H, at most the origin's; 0 for as many
     * @throws TrainingException if the horizon is longer than the origin's
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
     * The weights for a spec of {@link #spec(long, int)}.
     *
     * @throws TrainingException if the spec is another one
     */
    float[] parametersFor(ForecastSpec wanted) {
        if (wanted.horizon() > metadata.spec().horizon()
                || !wanted.equals(
                        spec(wanted.tickMillis(), wanted.horizon()).toBuilder()
                                .tickMeaning(meaningFor(wanted))
                                .tickFit(wanted.tickFit())
                                .build())) {
            throw new TrainingException(
                    ("%s is of another spec than the model to train: %s instead of %s; only ticks"
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
        return own.tickFit() == TickFit.ANY ? wanted.tickMeaning() : own.tickMeaning();
    }

    /**
     * Heads order their columns by channel and then by horizon step, so that a shorter horizon is
     * the first columns of each channel in each row; all other weights are as long as before.
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
