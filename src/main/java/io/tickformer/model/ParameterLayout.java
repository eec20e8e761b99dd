package io.tickformer.model;

import io.tickformer.graph.Shape;
import io.tickformer.graph.TensorData;
import io.tickformer.model.Initialisation.Normal;
import io.tickformer.model.Initialisation.Repeated;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecException;
import io.tickformer.spec.TransformerArchitecture;
import io.tickformer.spec.TransformerArchitecture.Norm;
import io.tickformer.spec.TransformerArchitecture.NormPlacement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The learned tensors of a transformer in their fixed order, all in one flat vector: optimiser,
 * clipping, averaging and snapshots act on one tensor. None of them has a size that depends on the
 * context length.
 *
 * <p>Matrices are {@code [in, out]} and multiply from the right. There are biases only where tokens
 * come in and forecasts go out. Single-head attention has no output projection: the next matrix
 * would absorb it (Vaswani et al. 2017, section 3.2.2, projects concatenated heads only).
 */
public final class ParameterLayout {
    static final String EMBED = "embed.weight";
    static final String EMBED_BIAS = "embed.bias";
    static final String FINAL_NORM = "final.norm";
    static final String QUANTILES = "head.quantiles.weight";
    static final String QUANTILES_BIAS = "head.quantiles.bias";
    static final String MEAN = "head.mean.weight";
    static final String MEAN_BIAS = "head.mean.bias";

    /** Small, so that before training forecasts are close to their biases. */
    private static final double HEAD_DEVIATION = 0.02;

    /** The vector of all is one tensor of float32, and a tensor takes less than 2 GiB. */
    private static final int MOST = Integer.MAX_VALUE / Float.BYTES;

    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private int size;

    private ParameterLayout() {}

    /**
     * The layout of a spec's transformer.
     *
     * @throws SpecException if it has more parameters than one tensor can hold
     */
    static ParameterLayout of(ForecastSpec spec) {
        TransformerArchitecture a = spec.transformer();
        int d = a.width();
        int tokenWidth = 2 * a.patchLength() + spec.tokenFeatures();
        int steps = spec.horizon();
        int levels = spec.quantileLevels().size();
        ParameterLayout layout = new ParameterLayout();
        layout.linear(EMBED, tokenWidth, d, 1);
        layout.add(EMBED_BIAS, Shape.of(d), Repeated.ZERO);
        for (int i = 0; i < a.layers(); i++) {
            layout.addBlock(a, i);
        }
        if (a.normPlacement() == NormPlacement.PRE) {
            layout.norm(FINAL_NORM, a);
        }
        layout.add(QUANTILES, Shape.of(d, steps * (long) levels), new Normal(HEAD_DEVIATION));
        layout.add(QUANTILES_BIAS, Shape.of(steps * (long) levels), normalQuantiles(spec));
        layout.add(MEAN, Shape.of(d, steps), new Normal(HEAD_DEVIATION));
        layout.add(MEAN_BIAS, Shape.of(steps), Repeated.ZERO);
        return layout;
    }

    private void addBlock(TransformerArchitecture a, int index) {
        int d = a.width();
        // Branches that add to the residual stream start small, so that it keeps its size over
        // depth (Radford et al. 2019, section 2.3).
        double branch = 1 / Math.sqrt(2.0 * a.layers());
        String attention = block(index) + ".attention";
        norm(attention + ".norm", a);
        linear(attention + ".query", d, d, 1);
        linear(attention + ".key", d, d, 1);
        linear(attention + ".value", d, d, a.heads() > 1 ? 1 : branch);
        if (a.heads() > 1) {
            linear(attention + ".output", d, d, branch);
        }
        String feedForward = block(index) + ".feedForward";
        norm(feedForward + ".norm", a);
        linear(feedForward + ".expand", d, a.feedForwardWidth(), 1);
        linear(feedForward + ".contract", a.feedForwardWidth(), d, branch);
    }

    static String block(int index) {
        return "block" + index;
    }

    private void linear(String name, int in, int out, double gain) {
        add(name, Shape.of(in, out), new Normal(gain / Math.sqrt(in)));
    }

    private void norm(String name, TransformerArchitecture a) {
        add(name + ".scale", Shape.of(a.width()), Repeated.ONE);
        if (a.norm() == Norm.LAYER) {
            add(name + ".shift", Shape.of(a.width()), Repeated.ZERO);
        }
    }

    private void add(String name, Shape shape, Initialisation initialisation) {
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

    /**
     * In its frame the last tick has location 0 and scale 1: before anything is learned, the best
     * guess at every step is the standard normal distribution.
     */
    private static Initialisation normalQuantiles(ForecastSpec spec) {
        return new Repeated(spec.quantileLevels().stream().map(NormalQuantile::of).toList());
    }

    /** The parameters in the order of the flat vector. */
    public List<Parameter> parameters() {
        return new ArrayList<>(parameters.values());
    }

    /**
     * The parameter of a name.
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

    /** Parameters before training; the same seed gives the same parameters. */
    public float[] initialise(long seed) {
        Random random = new Random(seed);
        float[] flat = new float[size];
        for (Parameter parameter : parameters.values()) {
            parameter.initialisation().fill(flat, parameter.offset(), parameter.end(), random);
        }
        return flat;
    }

    /**
     * The flat vector from the initializers of an exported file.
     *
     * @throws IllegalArgumentException if a parameter is missing or has another shape
     */
    public float[] flatten(Map<String, TensorData> initializers) {
        float[] flat = new float[size];
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
            System.arraycopy(data.toFloats(), 0, flat, parameter.offset(), parameter.size());
        }
        return flat;
    }

    /** The elements of the flat vector by parameter name, in order. */
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
