package io.tickformer.autodiff;

import io.tickformer.graph.Tensor;
import java.util.List;

/** The derivative of an op. */
sealed interface Derivative {

    /** The op is piecewise constant or not real-valued: no gradient flows through it. */
    record None() implements Derivative {}

    /**
     * One rule for each operand.
     *
     * @param rules in the order of the operands
     */
    record PerOperand(List<Rule> rules) implements Derivative {
        public PerOperand {
            rules = List.copyOf(rules);
        }
    }

    /** One rule for an op with any number of operands. */
    record Variadic(VariadicRule rule) implements Derivative {}

    /**
     * Computes the cotangent of one operand from those of the results. Its shape may differ from
     * that of the operand by broadcasting; the caller sums it to the shape of the operand.
     */
    @FunctionalInterface
    interface Rule {
        /** For an operand without a derivative, such as a condition or an index. */
        Rule NONE =
                context -> {
                    throw new IllegalStateException("no gradient flows to this operand");
                };

        Tensor cotangent(BackwardContext context);
    }

    /** Like {@link Rule}, for the operand at a position. */
    @FunctionalInterface
    interface VariadicRule {
        Tensor cotangent(BackwardContext context, int operand);
    }

    /** Whether a gradient flows to the operand at a position. */
    default boolean reaches(int operand) {
        if (this instanceof PerOperand each) {
            return operand < each.rules.size() && each.rules.get(operand) != Rule.NONE;
        }
        return this instanceof Variadic;
    }
}
