package io.tickformer.training;

import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.graph.TensorData;
import io.tickformer.model.Parameter;
import io.tickformer.model.ParameterLayout;
import java.util.Arrays;

/**
 * One step of Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2), after
 * clipping the global norm of the gradient (Pascanu et al. 2013, section 3.2). It works on the flat
 * vector of all S parameters.
 *
 * @param firstDecay beta1
 * @param secondDecay beta2
 * @param epsilon added to the root of the second moment
 */
record AdamW(double firstDecay, double secondDecay, double epsilon) {
    static final String LEARNING_RATE = "learning_rate";
    static final String WEIGHT_DECAY = "weight_decay";
    static final String CLIP_NORM = "clip_norm";
    static final String FIRST_CORRECTION = "first_correction";
    static final String SECOND_CORRECTION = "second_correction";

    /** Avoids a division by zero for a zero gradient. */
    private static final double LEAST_NORM = 1e-12;

    /**
     * The tensors that a step updates, each {@code [S]}.
     *
     * @param parameters the parameters
     * @param firstMoment moving average of the gradient
     * @param secondMoment moving average of the squared gradient
     */
    record Moved(Tensor parameters, Tensor firstMoment, Tensor secondMoment) {}

    /** The Euclidean norm of a gradient {@code [S]}, a scalar. */
    static Tensor norm(GraphBuilder g, Tensor gradient) {
        return g.sqrt(g.sumAll(g.mul(gradient, gradient)));
    }

    /**
     * Adds the step to the graph. Its scalars become inputs of the graph: learning rate, weight
     * decay, clipping norm, and the bias corrections {@code 1 / (1 - beta^t)} at step t = 1, 2, ...
     *
     * @param from the tensors before the step
     * @param gradient {@code [S]}
     * @param norm norm of the gradient
     * @param decayed {@code [S]}, 1 where weight decay applies and 0 elsewhere
     */
    Moved step(GraphBuilder g, Moved from, Tensor gradient, Tensor norm, Tensor decayed) {
        Tensor learningRate = g.input(LEARNING_RATE, Shape.SCALAR);
        Tensor weightDecay = g.input(WEIGHT_DECAY, Shape.SCALAR);
        Tensor clipNorm = g.input(CLIP_NORM, Shape.SCALAR);
        Tensor firstCorrection = g.input(FIRST_CORRECTION, Shape.SCALAR);
        Tensor secondCorrection = g.input(SECOND_CORRECTION, Shape.SCALAR);

        Tensor shrink = g.min(g.div(clipNorm, g.max(norm, g.scalar(LEAST_NORM))), g.scalar(1));
        Tensor clipped = g.mul(gradient, shrink);
        Tensor first = average(g, from.firstMoment(), clipped, firstDecay);
        Tensor second = average(g, from.secondMoment(), g.mul(clipped, clipped), secondDecay);

        Tensor deviation = g.add(g.sqrt(g.mul(second, secondCorrection)), epsilon);
        Tensor direction = g.div(g.mul(first, firstCorrection), deviation);
        Tensor decay = g.mul(from.parameters(), g.mul(decayed, weightDecay));
        Tensor moved = g.mul(g.add(direction, decay), learningRate);
        return new Moved(g.sub(from.parameters(), moved), first, second);
    }

    private static Tensor average(GraphBuilder g, Tensor before, Tensor now, double decay) {
        return g.add(g.mul(before, decay), g.mul(now, 1 - decay));
    }

    /**
     * 1 for each element of a matrix; 0 for biases and norms, to which weight decay does not apply.
     */
    static Tensor decayed(GraphBuilder g, ParameterLayout layout) {
        double[] mask = new double[layout.size()];
        for (Parameter parameter : layout.parameters()) {
            Arrays.fill(mask, parameter.offset(), parameter.end(), parameter.isMatrix() ? 1 : 0);
        }
        return g.constant(TensorData.of(g.floatType(), Shape.of(mask.length), mask));
    }
}
