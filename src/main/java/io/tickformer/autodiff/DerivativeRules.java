package io.tickformer.autodiff;

import io.tickformer.autodiff.Derivative.PerOperand;
import io.tickformer.autodiff.Derivative.Rule;
import io.tickformer.autodiff.Derivative.Variadic;
import io.tickformer.autodiff.Derivative.VariadicRule;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Node;
import io.tickformer.graph.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The derivative of every op: for each operand, the product of the cotangents of the results with
 * the Jacobian of the op (Griewank and Walther 2008, section 3.2). In the table {@code x} is an
 * operand, {@code y} the result and {@code dy} its cotangent. Rules reuse results of the forward
 * pass wherever possible.
 */
final class DerivativeRules {
    /** Ops that are piecewise constant or not real-valued. */
    static final List<String> NOT_DIFFERENTIABLE =
            List.of(
                    "Sign",
                    "Not",
                    "And",
                    "Or",
                    "Equal",
                    "Less",
                    "LessOrEqual",
                    "Greater",
                    "GreaterOrEqual");

    /** The rules of all ops of a graph. */
    static final DerivativeRules ALL = new DerivativeRules(table());

    private final Map<String, Derivative> rules;

    private DerivativeRules(Map<String, Derivative> rules) {
        this.rules = rules;
    }

    private static Map<String, Derivative> table() {
        Map<String, Derivative> t = new LinkedHashMap<>();

        NOT_DIFFERENTIABLE.forEach(op -> t.put(op, new Derivative.None()));

        // Elementwise, one operand.
        each(t, "Identity", a -> a.dy());
        each(t, "Cast", a -> a.graph().cast(a.dy(), a.x().type()));
        each(t, "Neg", a -> a.graph().neg(a.dy()));
        each(t, "Exp", a -> a.dyTimes(a.y()));
        each(t, "Log", a -> a.dyOver(a.x()));
        each(t, "Sqrt", a -> a.dyOver(a.graph().mul(a.y(), 2)));
        each(t, "Abs", a -> a.dyTimes(a.graph().sign(a.x())));
        each(t, "Reciprocal", a -> a.graph().neg(a.dyTimes(a.graph().mul(a.y(), a.y()))));
        each(t, "Tanh", a -> a.dyTimes(a.graph().sub(1, a.graph().mul(a.y(), a.y()))));
        each(t, "Sigmoid", a -> a.dyTimes(a.graph().mul(a.y(), a.graph().sub(1, a.y()))));
        // The result is never negative, so its sign is 1 for positive operands and 0 otherwise.
        each(t, "Relu", a -> a.dyTimes(a.graph().sign(a.y())));

        // Elementwise, two operands; for equal operands of Max and Min the first gets the
        // cotangent.
        each(t, "Add", a -> a.dy(), a -> a.dy());
        each(t, "Sub", a -> a.dy(), a -> a.graph().neg(a.dy()));
        each(t, "Mul", a -> a.dyTimes(a.x(1)), a -> a.dyTimes(a.x(0)));
        each(
                t,
                "Div",
                a -> a.dyOver(a.x(1)),
                a -> a.graph().neg(a.graph().mul(a.dyOver(a.x(1)), a.y())));
        each(t, "Pow", DerivativeRules::powBase, DerivativeRules::powExponent);
        each(
                t,
                "Max",
                a -> a.dyWhere(a.graph().greaterOrEqual(a.x(0), a.x(1))),
                a -> a.dyWhere(a.graph().less(a.x(0), a.x(1))));
        each(
                t,
                "Min",
                a -> a.dyWhere(a.graph().lessOrEqual(a.x(0), a.x(1))),
                a -> a.dyWhere(a.graph().greater(a.x(0), a.x(1))));
        each(
                t,
                "Where",
                Rule.NONE,
                a -> a.dyWhere(a.x(0)),
                a -> a.graph().where(a.x(0), a.scalar(0), a.dy()));

        // Ops that only move elements.
        each(t, "Transpose", LayoutRules::transpose);
        each(t, "Reshape", a -> a.graph().reshape(a.dy(), a.x().shape()));
        each(t, "Expand", a -> a.dy(), Rule.NONE);
        any(t, "Concat", LayoutRules::concat);
        each(t, "Split", LayoutRules::split);
        each(t, "Slice", LayoutRules::slice);
        each(t, "Pad", LayoutRules::pad);
        each(t, "Gather", LayoutRules::gather, Rule.NONE);

        // Over axes.
        each(t, "MatMul", ReductionRules::matMulLeft, ReductionRules::matMulRight);
        each(t, "ReduceSum", ReductionRules::sum);
        each(t, "ReduceMean", ReductionRules::mean);
        each(t, "ReduceMax", ReductionRules::max);
        each(t, "Softmax", ReductionRules::softmax);
        return t;
    }

    private static void each(Map<String, Derivative> table, String op, Rule... rules) {
        table.put(op, new PerOperand(List.of(rules)));
    }

    private static void any(Map<String, Derivative> table, String op, VariadicRule rule) {
        table.put(op, new Variadic(rule));
    }

    /** A copy without the rule of an op. */
    DerivativeRules without(String op) {
        Map<String, Derivative> rest = new LinkedHashMap<>(rules);
        rest.remove(op);
        return new DerivativeRules(rest);
    }

    /** Names of all ops in the table. */
    Set<String> ops() {
        return rules.keySet();
    }

    /**
     * Whether a gradient flows from the results of a node to an operand.
     *
     * @throws DerivativeException if the table has no entry for the op
     */
    boolean reaches(Node node, int operand) {
        return node.input(operand).type().isFloating()
                && node.outputs().get(0).type().isFloating()
                && derivative(node, operand).reaches(operand);
    }

    /** The cotangent of an operand that {@linkplain #reaches a gradient flows to}. */
    Tensor cotangent(BackwardContext context, Node node, int operand) {
        Derivative derivative = derivative(node, operand);
        if (derivative instanceof PerOperand each) {
            return each.rules().get(operand).cotangent(context);
        } else if (derivative instanceof Variadic any) {
            return any.rule().cotangent(context, operand);
        }
        throw missing(node, operand);
    }

    private Derivative derivative(Node node, int operand) {
        Derivative derivative = rules.get(node.op().onnxName());
        if (derivative == null) {
            throw missing(node, operand);
        }
        return derivative;
    }

    private static DerivativeException missing(Node node, int operand) {
        return new DerivativeException(
                ("op %s (node %s) has no derivative rule for its operand %d, %s; expected an entry"
                                + " in the table of DerivativeRules")
                        .formatted(
                                node.op().onnxName(), node.name(), operand, node.input(operand)));
    }

    private static Tensor powBase(BackwardContext a) {
        GraphBuilder g = a.graph();
        Tensor power = g.pow(a.x(0), g.add(a.x(1), -1));
        return a.dyTimes(g.mul(a.x(1), power));
    }

    private static Tensor powExponent(BackwardContext a) {
        return a.dyTimes(a.graph().mul(a.y(), a.graph().log(a.x(0))));
    }
}
