package io.tickformer.model;

import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.model.Initialisation.OwnChannel;
import io.tickformer.model.Initialisation.Repeated;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.LinearArchitecture;
import io.tickformer.spec.LinearArchitecture.Variant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A linear map of the context to the horizon (Zeng et al. 2023, section 4): {@code x W + b} over
 * the T values of the only token. NLinear subtracts the last observed value before the map and adds
 * it afterwards. DLinear maps a moving average and the remainder, each with its own matrix.
 *
 * <p>Missing values are zero, which is the location of the frame; in NLinear they are the last
 * observed value. The mean is the output of the map. A quantile is the mean plus a learned offset
 * for its step and level, in the scale of the frame. Matrices are initialised to plain averages of
 * the context. Features are not used.
 *
 * <p>With C channels the map takes all {@code C T} values to all {@code C H} steps. The weights
 * between different channels are initialised to zero.
 */
final class LinearNetwork implements Network {
    private static final String SPREAD = "spread.bias";

    private final ForecastSpec spec;
    private final LinearArchitecture architecture;
    private final ParameterLayout layout;

    LinearNetwork(ForecastSpec spec, LinearArchitecture architecture) {
        this.spec = spec;
        this.architecture = architecture;
        this.layout = layOut();
    }

    private ParameterLayout layOut() {
        ParameterLayout all = new ParameterLayout();
        if (architecture.variant() == Variant.DLINEAR) {
            addMap(all, "trend");
            addMap(all, "remainder");
        } else {
            addMap(all, "map");
        }
        all.add(
                SPREAD,
                Shape.of(spec.outputSteps() * (long) spec.quantileLevels().size()),
                EmbeddingAndHeads.normalQuantiles(spec));
        return all;
    }

    private void addMap(ParameterLayout all, String name) {
        double average = 1.0 / architecture.patchLength();
        all.add(
                name + ".weight",
                Shape.of(spec.tokenValues(), spec.outputSteps()),
                spec.channelCount() == 1
                        ? new Repeated(List.of(average))
                        : new OwnChannel(
                                spec.tokenValues(),
                                spec.outputSteps(),
                                spec.channelCount(),
                                average));
        all.add(name + ".bias", Shape.of(spec.outputSteps()), Repeated.ZERO);
    }

    @Override
    public ForecastSpec spec() {
        return spec;
    }

    @Override
    public ParameterLayout layout() {
        return layout;
    }

    @Override
    public NetworkOutputs forward(
            GraphBuilder g,
            ParameterTensors parameters,
            TokenInputs inputs,
            Dropout dropout,
            AttentionProbe probe,
            int wanted) {
        Tensor observed = SelfAttention.last(g, inputs.observed(), wanted); // [B,M,C T]
        Tensor values = SelfAttention.last(g, inputs.values(), wanted); // [B,M,C T]
        Tensor known = g.mul(values, observed);
        Tensor point = g.scoped("linear", () -> point(g, parameters, known, observed)); // [B,M,C H]
        Shape levels = Shape.of(spec.outputSteps(), spec.quantileLevels().size());
        Tensor spread = g.reshape(parameters.get(SPREAD), levels); // [C H,Q]
        return new NetworkOutputs(g.add(g.unsqueeze(point, -1), spread), point);
    }

    private Tensor point(
            GraphBuilder g, ParameterTensors parameters, Tensor known, Tensor observed) {
        return switch (architecture.variant()) {
            case LINEAR -> map(g, parameters, "map", known);
            case NLINEAR -> {
                Tensor[] ofKnown = channels(g, known); // [B,M,T] each
                Tensor[] ofObserved = channels(g, observed);
                Tensor[] moved = new Tensor[ofKnown.length];
                Tensor[] back = new Tensor[ofKnown.length];
                for (int i = 0; i < moved.length; i++) {
                    Tensor last = lastObserved(g, ofKnown[i], ofObserved[i]); // [B,M,1]
                    moved[i] = g.mul(g.sub(ofKnown[i], last), ofObserved[i]);
                    back[i] = last;
                }
                yield g.add(map(g, parameters, "map", joined(g, moved)), everyStep(g, back));
            }
            case DLINEAR -> {
                Tensor[] trends = channels(g, known);
                for (int i = 0; i < trends.length; i++) {
                    trends[i] = movingAverage(g, trends[i]);
                }
                Tensor trend = joined(g, trends);
                yield g.add(
                        map(g, parameters, "trend", trend),
                        map(g, parameters, "remainder", g.sub(known, trend)));
            }
        };
    }

    /** {@code [B,M,C T] -> C x [B,M,T]}. */
    private Tensor[] channels(GraphBuilder g, Tensor all) {
        int ticks = architecture.patchLength();
        Tensor[] each = new Tensor[spec.channelCount()];
        for (int i = 0; i < each.length; i++) {
            each[i] =
                    each.length == 1
                            ? all
                            : g.slice(all, -1, i * (long) ticks, (i + 1) * (long) ticks);
        }
        return each;
    }

    private static Tensor joined(GraphBuilder g, Tensor[] each) {
        return each.length == 1 ? each[0] : g.concat(-1, each);
    }

    /**
     * The value that every step of a channel starts from: {@code C x [B,M,1] -> [B,M,C H]}, or
     * [B,M,1].
     */
    private Tensor everyStep(GraphBuilder g, Tensor[] each) {
        if (each.length == 1) {
            return each[0];
        }
        Tensor ones = g.constant(Shape.of(spec.horizon()), ones(spec.horizon()));
        Tensor[] steps = new Tensor[each.length];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = g.mul(each[i], ones);
        }
        return g.concat(-1, steps);
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static Tensor map(GraphBuilder g, ParameterTensors parameters, String name, Tensor x) {
        return g.add(g.matMul(x, parameters.get(name + ".weight")), parameters.get(name + ".bias"));
    }

    /** The last observed value, 0 if there is none: {@code [B,M,T] x 2 -> [B,M,1]}. */
    private Tensor lastObserved(GraphBuilder g, Tensor known, Tensor observed) {
        int ticks = architecture.patchLength();
        double[] places = new double[ticks];
        for (int i = 0; i < ticks; i++) {
            places[i] = i + 1;
        }
        Tensor place = g.mul(observed, g.constant(Shape.of(ticks), places)); // 0 where missing
        Tensor newest = g.equal(place, g.reduceMax(place, true, -1));
        return g.reduceSum(g.mul(known, g.cast(newest, known.type())), true, -1);
    }

    /**
     * The moving average, with the first and the last tick repeated beyond the ends (Zeng et al.
     * 2023, section 4): {@code [B,M,T] -> [B,M,T]}.
     */
    private Tensor movingAverage(GraphBuilder g, Tensor x) {
        int ticks = architecture.patchLength();
        int half = architecture.movingAverage() / 2;
        List<Tensor> parts = new ArrayList<>(List.of(x));
        parts.addAll(0, Collections.nCopies(half, g.slice(x, -1, 0, 1)));
        parts.addAll(Collections.nCopies(half, g.slice(x, -1, ticks - 1L, ticks)));
        Tensor extended = g.concat(-1, parts.toArray(Tensor[]::new)); // [B,M,T + 2 half]
        Tensor sum = g.slice(extended, -1, 0, ticks);
        for (int shift = 1; shift <= 2 * half; shift++) {
            sum = g.add(sum, g.slice(extended, -1, shift, shift + (long) ticks));
        }
        return g.mul(sum, 1.0 / architecture.movingAverage());
    }
}
