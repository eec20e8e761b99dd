package io.tickformer.graph;

import io.tickformer.annotation.Internal;
import io.tickformer.graph.Op.Elementwise;

/** The methods of a {@link GraphBuilder} that add ops on single elements. Operands broadcast. */
@Internal
public sealed interface ElementwiseOps permits GraphBuilder {
    /** Adds an op with one result; see {@link GraphBuilder#apply}. */
    Tensor apply(Op op, Tensor... operands);

    /** A constant without dimensions, of the same type as {@code x}. */
    Tensor scalarLike(Tensor x, double value);

    default Tensor identity(Tensor x) {
        return apply(Elementwise.IDENTITY, x);
    }

    default Tensor neg(Tensor x) {
        return apply(Elementwise.NEG, x);
    }

    default Tensor exp(Tensor x) {
        return apply(Elementwise.EXP, x);
    }

    default Tensor log(Tensor x) {
        return apply(Elementwise.LOG, x);
    }

    default Tensor sqrt(Tensor x) {
        return apply(Elementwise.SQRT, x);
    }

    default Tensor abs(Tensor x) {
        return apply(Elementwise.ABS, x);
    }

    default Tensor sign(Tensor x) {
        return apply(Elementwise.SIGN, x);
    }

    default Tensor reciprocal(Tensor x) {
        return apply(Elementwise.RECIPROCAL, x);
    }

    default Tensor tanh(Tensor x) {
        return apply(Elementwise.TANH, x);
    }

    default Tensor sigmoid(Tensor x) {
        return apply(Elementwise.SIGMOID, x);
    }

    default Tensor relu(Tensor x) {
        return apply(Elementwise.RELU, x);
    }

    default Tensor not(Tensor x) {
        return apply(Elementwise.NOT, x);
    }

    default Tensor add(Tensor a, Tensor b) {
        return apply(Elementwise.ADD, a, b);
    }

    default Tensor add(Tensor a, double b) {
        return add(a, scalarLike(a, b));
    }

    default Tensor sub(Tensor a, Tensor b) {
        return apply(Elementwise.SUB, a, b);
    }

    default Tensor sub(double a, Tensor b) {
        return sub(scalarLike(b, a), b);
    }

    default Tensor mul(Tensor a, Tensor b) {
        return apply(Elementwise.MUL, a, b);
    }

    default Tensor mul(Tensor a, double b) {
        return mul(a, scalarLike(a, b));
    }

    default Tensor div(Tensor a, Tensor b) {
        return apply(Elementwise.DIV, a, b);
    }

    default Tensor pow(Tensor a, Tensor b) {
        return apply(Elementwise.POW, a, b);
    }

    default Tensor max(Tensor a, Tensor b) {
        return apply(Elementwise.MAX, a, b);
    }

    default Tensor min(Tensor a, Tensor b) {
        return apply(Elementwise.MIN, a, b);
    }

    default Tensor less(Tensor a, Tensor b) {
        return apply(Elementwise.LESS, a, b);
    }

    default Tensor lessOrEqual(Tensor a, Tensor b) {
        return apply(Elementwise.LESS_OR_EQUAL, a, b);
    }

    default Tensor greater(Tensor a, Tensor b) {
        return apply(Elementwise.GREATER, a, b);
    }

    default Tensor greaterOrEqual(Tensor a, Tensor b) {
        return apply(Elementwise.GREATER_OR_EQUAL, a, b);
    }

    default Tensor equal(Tensor a, Tensor b) {
        return apply(Elementwise.EQUAL, a, b);
    }

    default Tensor and(Tensor a, Tensor b) {
        return apply(Elementwise.AND, a, b);
    }

    default Tensor or(Tensor a, Tensor b) {
        return apply(Elementwise.OR, a, b);
    }

    /** {@code whenTrue} where the condition holds, {@code whenFalse} elsewhere. */
    default Tensor where(Tensor condition, Tensor whenTrue, Tensor whenFalse) {
        return apply(Elementwise.WHERE, condition, whenTrue, whenFalse);
    }

    default Tensor cast(Tensor x, ElementType to) {
        return apply(new Op.Cast(to), x);
    }
}
