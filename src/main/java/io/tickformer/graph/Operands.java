package io.tickformer.graph;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The operands of an op, with the checks that the shape rules share. A failed check throws a {@link
 * GraphException} that names the op, its operands and what was expected.
 */
final class Operands {
    private final Op op;
    private final List<Tensor> tensors;

    Operands(Op op, List<Tensor> tensors) {
        this.op = op;
        this.tensors = tensors;
    }

    List<Tensor> tensors() {
        return tensors;
    }

    Tensor get(int index) {
        return tensors.get(index);
    }

    /** The only operand. */
    Tensor only() {
        requireCount(1);
        return tensors.get(0);
    }

    /** A shape of the given dimensions. */
    Shape shape(List<Dim> dims) {
        try {
            return new Shape(dims);
        } catch (GraphException e) {
            throw error(e.getMessage());
        }
    }

    void requireCount(int count) {
        require(
                tensors.size() == count,
                count == 1 ? "expected one operand" : "expected %d operands".formatted(count));
    }

    void requireSameType() {
        require(
                tensors.stream().allMatch(t -> t.type() == tensors.get(0).type()),
                "expected operands of one type");
    }

    void requireFloating(Tensor x) {
        require(x.type().isFloating(), "expected float or double");
    }

    void requireAxis(Tensor x, int axis) {
        require(axis >= 0 && axis < x.rank(), "axis %d is none of its axes".formatted(axis));
    }

    void requireFixed(Tensor x, int axis) {
        requireAxis(x, axis);
        require(
                x.shape().dim(axis).isFixed(),
                "axis %d is symbolic; expected a fixed size".formatted(axis));
    }

    void require(boolean holds, String expectation) {
        if (!holds) {
            throw error(expectation);
        }
    }

    GraphException error(String expectation) {
        String separator = tensors.size() > 2 ? ", " : " and ";
        String operands =
                tensors.stream().map(Tensor::toString).collect(Collectors.joining(separator));
        return new GraphException(op + " of " + operands + ": " + expectation);
    }

    /** The shape that all operands broadcast to. */
    Shape broadcast() {
        Shape shape = tensors.get(0).shape();
        for (Tensor input : tensors) {
            try {
                shape = shape.broadcast(input.shape());
            } catch (GraphException e) {
                throw error(e.getMessage());
            }
        }
        return shape;
    }
}
