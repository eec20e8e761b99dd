package io.tickformer.model;

import io.tickformer.annotation.Internal;
import io.tickformer.graph.Shape;
import io.tickformer.graph.TensorData;
import io.tickformer.model.Initialisation.Normal;
import io.tickformer.model.Initialisation.Repeated;
import io.tickformer.spec.SpecException;
import io.tickformer.spec.TransformerArchitecture.Norm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The learned parameters of a network in a fixed order, concatenated to one flat vector, so that
 * optimiser, clipping, averaging and snapshots work on one tensor.
 *
 * <p>Matrices are {@code [in, out]} and multiply from the right.
 */
@Internal
public final class ParameterLayout {
    static final String FINAL_NORM = "final.norm";

    /**
     * Maximum size: the flat vector is one tensor of float32, and a tensor is smaller than 2 GiB.
     */
    private static final int MOST = Integer.MAX_VALUE / Float.BYTES;

    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private int size;

    /** An empty layout. */
    ParameterLayout() {}

    /** Adds a matrix that preserves the magnitude of its input, times {@code gain}. */
    void linear(String name, int in, int out, double gain) {
        add(name, Shape.of(in, out), new Normal(gain / Math.sqrt(in)));
    }

    /** Adds the parameters of a norm over the width. */
    void norm(String name, int width, Norm kind) {
        add(name + ".scale", Shape.of(width), Repeated.ONE);
        if (kind == Norm.LAYER) {
            add(name + ".shift", Shape.of(width), Repeated.ZERO);
        }
    }

    /**
     * Adds a parameter.
     *
     * @throws SpecException if the flat vector exceeds the maximum size
     */
    void add(String name, Shape shape, Initialisation initialisation) {
        Parameter parameter = new Parameter(name, shape, size, initialisation);
        parameters.put(name, parameter);
        try {
            size = Math.addExact(size, parameter.size());
        } catch (ArithmeticException e) {
            throw tooLarge(name, shape, e);
        }
        if (size > MOST) {
            throw tooLarge(name, shape, null);
        }
    }

    private static SpecException tooLarge(String name, Shape shape, ArithmeticException cause) {
        return new SpecException(
                ("the spec asks for more than %d parameters, %s%s among them; expected a smaller"
                                + " width, fewer layers or a shorter horizon")
                        .formatted(MOST, name, shape),
                cause);
    }

    /** The parameters, in the order of the flat vector. */
    public List<Parameter> parameters() {
        return new ArrayList<>(parameters.values());
    }

    /**
     * Returns the parameter with a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Parameter parameter(String name) {
        Parameter parameter = parameters.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException(
                    "there is no parameter '%s'; expected one of %s"
                            .formatted(name, parameters.keySet()));
        }
        return parameter;
    }

    /** Number of elements of the flat vector. */
    public int size() {
        return size;
    }

    /** The parameters before training; the same seed gives the same parameters. */
    public float[] initialise(long seed) {
        Random random = new Random(seed);
        float[] flat = new float[size];
        for (Parameter parameter : parameters.values()) {
            parameter.initialisation().fill(flat, parameter.offset(), parameter.end(), random);
        }
        return flat;
    }

    /**
     * Builds the flat vector from the initializers of a model file.
     *
     * @throws IllegalArgumentException if a parameter is missing or has another shape
     */
    public float[] flatten(Map<String, TensorData> initializers) {
        // Check all of them before allocating the memory that the spec asks for.
        for (Parameter parameter : parameters.values()) {
            TensorData data = initializers.get(parameter.name());
            if (data == null || !data.shape().equals(parameter.shape())) {
                throw new IllegalArgumentException(
                        "the parameter '%s' is %s; expected float%s"
                                .formatted(
                                        parameter.name(),
                                        data == null ? "missing" : data,
                                        parameter.shape()));
            }
        }
        float[] flat = new float[size];
        for (Parameter parameter : parameters.values()) {
            TensorData data = initializers.get(parameter.name());
            System.arraycopy(data.toFloats(), 0, flat, parameter.offset(), parameter.size());
        }
        return flat;
    }

    /** Splits the flat vector into parameters by name, in order. */
    Map<String, TensorData> unflatten(float[] flat) {
        requireSize(flat.length);
        Map<String, TensorData> elements = new LinkedHashMap<>();
        for (Parameter parameter : parameters.values()) {
            float[] own = new float[parameter.size()];
            System.arraycopy(flat, parameter.offset(), own, 0, own.length);
            elements.put(parameter.name(), TensorData.floats(parameter.shape(), own));
        }
        return Collections.unmodifiableMap(elements);
    }

    private void requireSize(int given) {
        if (given != size) {
            throw new IllegalArgumentException(
                    "%d parameters are given; the layout has %d".formatted(given, size));
        }
    }
}
