package io.tickformer.inference;

import io.tickformer.annotation.Internal;
import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.TickAggregate;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.onnx.OnnxException;
import io.tickformer.onnx.OnnxFile;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ModelMetadata;
import java.util.Map;
import java.util.TreeMap;

/**
 * Changes the tick length or tick meaning of a model to another one than it was trained on.
 *
 * <p>A context is a sequence of ticks, normalised by their own past. Without calendar features it
 * does not depend on the length of a tick. A model that was trained on many kinds of series, such
 * as models/universal.onnx, suits ticks of any length. For a model of one kind of series, its user
 * must judge. The meaning can be changed only if the model's spec allows it.
 */
@Internal
public final class ModelTickRewriter {
    private ModelTickRewriter() {}

    /**
     * Returns the file of the same model with another tick length.
     *
     * @param onnx the bytes of the ONNX file
     * @param tickMillis length of a tick, at least 1
     * @throws InferenceException if the file carries no spec, or the model has calendar features,
     *     which fix the length of a tick
     */
    public static byte[] change(byte[] onnx, long tickMillis) {
        OnnxFile file = read(onnx);
        ForecastSpec spec = metadata(file).spec();
        if (spec.tickMillis() == tickMillis) {
            return onnx;
        }
        if (!spec.calendarFeatures().isEmpty()) {
            throw new InferenceException(
                    ("the model has calendar features, %s, for ticks of %d ms; expected those ticks"
                                    + " and not %d ms, or a model without calendar features")
                            .formatted(spec.calendarFeatures(), spec.tickMillis(), tickMillis));
        }
        return withSpec(file, spec.withTickMillis(tickMillis));
    }

    /**
     * The file of the same model of ticks of a certain meaning.
     *
     * @param onnx the bytes of the ONNX file
     * @param aggregate how the observations of a tick become its value; null for the model's
     * @param empty what a tick without observations is; null for the model's or, with another
     *     aggregate, for what follows from that
     * @throws InferenceException if the file carries no spec
     * @throws io.tickformer.spec.SpecException if the model takes ticks of its own meaning only,
     *     and that is another
     */
    public static byte[] change(byte[] onnx, TickAggregate aggregate, EmptyTickPolicy empty) {
        if (aggregate == null && empty == null) {
            return onnx;
        }
        OnnxFile file = read(onnx);
        ForecastSpec spec = metadata(file).spec();
        ForecastSpec changed = spec.withRequestedTicks(aggregate, empty);
        return changed.equals(spec) ? onnx : withSpec(file, changed);
    }

    private static ModelMetadata metadata(OnnxFile file) {
        return ModelMetadata.fromProperties(file.metadata())
                .orElseThrow(
                        () ->
                                new InferenceException(
                                        "the ONNX file carries no Tickformer spec; for a model made"
                                                + " elsewhere, write the tick into its spec file"));
    }

    private static byte[] withSpec(OnnxFile file, ForecastSpec spec) {
        Map<String, String> properties = new TreeMap<>(file.metadata());
        properties.putAll(metadata(file).withSpec(spec).toProperties());
        return file.withMetadata(properties);
    }

    private static OnnxFile read(byte[] onnx) {
        try {
            return OnnxFile.read(onnx);
        } catch (OnnxException e) {
            throw new InferenceException(e.getMessage(), e);
        }
    }
}
