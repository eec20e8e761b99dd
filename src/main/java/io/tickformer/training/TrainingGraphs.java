package io.tickformer.training;

import io.tickformer.autodiff.Gradients;
import io.tickformer.graph.Dim;
import io.tickformer.graph.ElementType;
import io.tickformer.graph.Graph;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.model.Dropout;
import io.tickformer.model.DropoutMasks;
import io.tickformer.model.Network;
import io.tickformer.model.NetworkOutputs;
import io.tickformer.model.Networks;
import io.tickformer.model.ParameterLayout;
import io.tickformer.model.ParameterTensors;
import io.tickformer.model.TokenInputs;
import io.tickformer.spec.ForecastSpec;
import java.util.Arrays;
import java.util.List;

/**
 * The graphs of training and validation for batches of fixed size B. Both read the flat vector of
 * all S parameters, the tokens ({@link TokenInputs}), and the targets: {@link #TARGETS} in the
 * frames of the tokens and {@link #WEIGHTS}, both {@code [B,N,C H]}. Training has targets for every
 * token, validation for the last one.
 */
final class TrainingGraphs {
    static final String TARGETS = "targets";
    static final String WEIGHTS = "weights";
    static final String UNITS = "units";

    static final String PARAMETERS = "parameters";
    static final String FIRST_MOMENT = "first_moment";
    static final String SECOND_MOMENT = "second_moment";
    static final String AVERAGE = "average";
    static final String NEXT = "next_";

    static final String AVERAGE_DECAY = "average_decay";

    static final String LOSS = "loss";
    static final String GRADIENT_NORM = "gradient_norm";

    static final String TOTAL_WEIGHT = "total_weight";
    static final String COUNT = "count";
    static final String PINBALL = "pinball";
    static final String ABSOLUTE_ERROR = "absolute_error";
    static final String SQUARED_ERROR = "squared_error";
    static final String ABSOLUTE_ERROR_OF_MEAN = "absolute_error_of_mean";
    static final String SQUARED_ERROR_OF_MEAN = "squared_error_of_mean";

    private final GraphBuilder g;
    private final ParameterLayout layout;
    private final Loss loss;
    private final Network network;
    private final ForecastSpec spec;
    private final int batch;

    private TrainingGraphs(ForecastSpec spec, int batch, double meanWeight, ElementType type) {
        this.g = new GraphBuilder(type);
        this.network = Networks.of(spec);
        this.layout = network.layout();
        this.loss = new Loss(spec.quantileLevels(), meanWeight);
        this.spec = spec;
        this.batch = batch;
    }

    /**
     * One training step as a graph: loss, gradient, clipping and AdamW.
     *
     * <p>Inputs in addition to the batch: the parameters, both moments and the average of the
     * parameters {@code [S]}, the scalars of {@link AdamW}, the decay of the average, and with
     * dropout the masks of {@link DropoutMasks}. Outputs: loss and gradient norm before the step,
     * and the parameters, moments and average after it, with the prefix {@link #NEXT}.
     */
    static Graph step(ForecastSpec spec, int batch, OptimiserSettings settings, ElementType type) {
        TrainingGraphs graphs = new TrainingGraphs(spec, batch, settings.meanWeight(), type);
        return graphs.step(settings);
    }

    /**
     * The evaluation of a batch at the last token, with targets and weights {@code [B,1,C H]}.
     * Outputs are sums: the total weight and the weighted loss; and over all targets with a
     * positive weight their count, the pinball loss, and the absolute and squared errors of median
     * and mean, in the unit of each window and channel. {@link #UNITS} {@code [B C]} holds the
     * scale of each frame in that unit.
     */
    static Graph evaluation(ForecastSpec spec, int batch, double meanWeight, ElementType type) {
        return new TrainingGraphs(spec, batch, meanWeight, type).evaluation();
    }

    private Graph step(OptimiserSettings settings) {
        Tensor parameters = flat(PARAMETERS);
        AdamW.Moved from = new AdamW.Moved(parameters, flat(FIRST_MOMENT), flat(SECOND_MOMENT));
        Dropout dropout = settings.dropout() == 0 ? Dropout.NONE : new DropoutMasks(g);
        NetworkOutputs outputs = forward(parameters, dropout);
        Tensor value =
                loss.mean(
                        g,
                        outputs,
                        horizonInput(TARGETS, spec.tokens()),
                        horizonInput(WEIGHTS, spec.tokens()));
        Tensor gradient = Gradients.of(g, value, List.of(parameters)).get(0);

        AdamW adamW = new AdamW(settings.firstDecay(), settings.secondDecay(), settings.epsilon());
        Tensor norm = AdamW.norm(g, gradient);
        AdamW.Moved to = adamW.step(g, from, gradient, norm, AdamW.decayed(g, layout));
        g.output(LOSS, value);
        g.output(GRADIENT_NORM, norm);
        g.output(NEXT + PARAMETERS, to.parameters());
        g.output(NEXT + FIRST_MOMENT, to.firstMoment());
        g.output(NEXT + SECOND_MOMENT, to.secondMoment());
        g.output(NEXT + AVERAGE, average(to.parameters()));
        return g.build();
    }

    /** Returns exactly the parameters if the decay is 0. */
    private Tensor average(Tensor parameters) {
        Tensor decay = g.input(AVERAGE_DECAY, Shape.SCALAR);
        Tensor kept = g.mul(flat(AVERAGE), decay);
        return g.add(kept, g.mul(parameters, g.sub(g.scalar(1), decay)));
    }

    private Graph evaluation() {
        ParameterTensors views = ParameterTensors.views(g, layout, flat(PARAMETERS));
        NetworkOutputs outputs = network.forwardLast(g, views, tokens(1));
        Tensor targets = horizonInput(TARGETS, 1);
        Tensor weights = horizonInput(WEIGHTS, 1);
        Tensor median = loss.median(g, outputs.quantiles()); // [B,1,C H]
        Tensor units = units();
        Tensor counted = g.cast(g.greater(weights, g.scalar(0)), weights.type());
        Tensor inUnits = g.mul(counted, units);
        Tensor inSquares = g.mul(inUnits, units);
        g.output(TOTAL_WEIGHT, g.sumAll(weights));
        g.output(LOSS, loss.sum(g, outputs, targets, weights));
        g.output(COUNT, g.sumAll(counted));
        g.output(PINBALL, loss.pinball(g, outputs.quantiles(), targets, inUnits));
        g.output(ABSOLUTE_ERROR, Loss.absoluteError(g, median, targets, inUnits));
        g.output(SQUARED_ERROR, Loss.squaredError(g, median, targets, inSquares));
        g.output(ABSOLUTE_ERROR_OF_MEAN, Loss.absoluteError(g, outputs.mean(), targets, inUnits));
        g.output(SQUARED_ERROR_OF_MEAN, Loss.squaredError(g, outputs.mean(), targets, inSquares));
        return g.build();
    }

    /** {@code [B,1,C H]}: the unit of a channel repeated for each of its steps. */
    private Tensor units() {
        int channels = spec.channelCount();
        Tensor each = g.input(UNITS, Shape.of(batch * (long) channels));
        Tensor column = g.reshape(each, Shape.of(batch, channels, 1));
        double[] ones = new double[spec.horizon()];
        Arrays.fill(ones, 1);
        Tensor steps = g.mul(column, g.constant(Shape.of(ones.length), ones)); // [B,C,H]
        return g.reshape(steps, Shape.of(batch, 1, spec.outputSteps()));
    }

    private NetworkOutputs forward(Tensor parameters, Dropout dropout) {
        return network.forward(
                g, ParameterTensors.views(g, layout, parameters), tokens(spec.tokens()), dropout);
    }

    private TokenInputs tokens(int answered) {
        return TokenInputs.declare(g, spec, Dim.of(batch), spec.tokens(), answered);
    }

    private Tensor flat(String name) {
        return g.input(name, Shape.of(layout.size()));
    }

    private Tensor horizonInput(String name, int tokens) {
        return g.input(name, Shape.of(batch, tokens, spec.outputSteps()));
    }
}
