package io.tickformer.model;

import io.tickformer.annotation.Internal;
import io.tickformer.graph.Dim;
import io.tickformer.graph.ElementType;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.graph.TensorData;
import io.tickformer.spec.ForecastSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The inputs of the incremental graph: one new token of each of B series, and the cached keys and
 * values of earlier tokens.
 *
 * @param token the token, N = 1; never absent
 * @param rotation row of the rotary tables for the token, {@code [B,1]}, int64
 * @param cosine cosines by absolute token index, {@code [M,w/2]}
 * @param sine sines by absolute token index, {@code [M,w/2]}
 * @param count number of cached tokens of each series, {@code [B]}, int32, from 0 to W - 1
 * @param capacity W, int32
 * @param keys for each layer {@code [B,h,W,w]}
 * @param values for each layer {@code [B,h,W,w]}
 */
@Internal
public record IncrementalInputs(
        TokenInputs token,
        Tensor rotation,
        Tensor cosine,
        Tensor sine,
        Tensor count,
        Tensor capacity,
        List<Tensor> keys,
        List<Tensor> values) {
    public static final String ROTATION = "rotation";
    public static final String COSINE = "cosine";
    public static final String SINE = "sine";
    public static final String COUNT = "count";

    private static final Dim ROTATIONS = new Dim(1, "M");

    /** Name of the cached keys of a layer. */
    public static String keys(int layer) {
        return "keys." + layer;
    }

    /** Name of the cached values of a layer. */
    public static String values(int layer) {
        return "values." + layer;
    }

    /** Name of the output with the cached keys or values after the new token was added. */
    public static String extended(String buffer) {
        return buffer + ".extended";
    }

    /** Declares the inputs of the incremental graph, with a symbolic batch size. */
    static IncrementalInputs declare(GraphBuilder g, ForecastSpec spec) {
        CacheLayout layout = CacheLayout.of(spec);
        Dim half = Dim.of(layout.headWidth() / 2);
        Shape buffer = Shape.of(Dim.BATCH, layout.heads(), layout.window(), layout.headWidth());
        List<Tensor> keys = new ArrayList<>();
        List<Tensor> values = new ArrayList<>();
        for (int layer = 0; layer < layout.layers(); layer++) {
            keys.add(g.input(keys(layer), buffer));
            values.add(g.input(values(layer), buffer));
        }
        return new IncrementalInputs(
                TokenInputs.declareSingleToken(g, spec),
                g.input(ROTATION, ElementType.INT64, Shape.of(Dim.BATCH, 1)),
                g.input(COSINE, new Shape(List.of(ROTATIONS, half))),
                g.input(SINE, new Shape(List.of(ROTATIONS, half))),
                g.input(COUNT, ElementType.INT32, new Shape(List.of(Dim.BATCH))),
                g.constant(TensorData.ints(Shape.SCALAR, layout.window())),
                keys,
                values);
    }
}
