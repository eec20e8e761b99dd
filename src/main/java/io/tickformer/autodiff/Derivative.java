package io.tickformer.autodiff;

import io.tickformer.graph.Tensor;
import java.util.List;

/** What is known of an op's derivative. */
sealed interface Derivative {

    /** The op is constant almost everywhere, or not of real numbers: no gradient flows through. */
    record None() implements Derivative {}

    /**
     * One rule an operand.
     *
     * @param rules in the order of the operands
     */
    record PerOperand(List<Rule> rules) implements Derivative {
        public PerOperand {
            rules = List.copyOf(rules);
        }
    }

    /** One rule for all operands, of which there are any number. */
    record Variadic(VariadicRule rule) implements Derivative {}

    /**
     * The cotangent of one operand, given those of the results. It may have any shape that is the
     * operand's but for broadcasting: the caller sums it to the operand's own.
     */
    @FunctionalInterface
    interface Rule {
        /** For an operand that does not change the result smoothly: a condition, an index. */
        Rule NONE =
                context -> {
                    throw new IllegalStateException("no gradient flows to this operand");
                };

        Tensor cotangent(BackwardContext context);
    }

    /** As {@link Rule}, with the operand's position. */
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
