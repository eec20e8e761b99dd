package io.tickformer.inference;

import io.tickformer.event.EmptyTick;
import io.tickformer.event.TickAggregate;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.onnx.OnnxException;
import io.tickformer.onnx.OnnxFile;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ModelMetadata;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts a model on ticks of another length or meaning than those it was trained on.
 *
 * <p>A context is a row of ticks, normalised by their own past: without cycles of the calendar
 * nothing in it tells how long a tick is. A model of many kinds of series, such as
 * models/universal.onnx, says something of ticks of any length; what one of a single kind says on
 * another grid is for its user to judge. Ticks of another meaning only a model takes that says so.
 */
public final class ModelTickChange {
    private ModelTickChange() {}

    /**
     * The file of the same model on other ticks.
     *
     * @param onnx the bytes of the ONNX file
     * @param tickMillis length of a tick, at least 1
     * @throws InferenceException if the file carries no spec, or its tokens carry the calendar, in
     *     whose cycles a tick of the model's own length is one certain step
     */
    public static byte[] change(byte[] onnx, long tickMillis) {
        OnnxFile file = read(onnx);
        ForecastSpec spec = metadata(file).spec();
        if (spec.tickMillis() == tickMillis) {
            return onnx;
        }
        if (!spec.calendarFeatures().isEmpty()) {
            throw new InferenceException(
                    ("the model knows the calendar, %s, by ticks of %d ms; expected those ticks and"
                                    + " not %d ms, or a model without the calendar")
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
    public static byte[] change(byte[] onnx, TickAggregate aggregate, EmptyTick empty) {
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
