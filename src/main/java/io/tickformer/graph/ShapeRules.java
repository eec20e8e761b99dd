package io.tickformer.graph;

import io.tickformer.graph.Op.Cast;
import io.tickformer.graph.Op.Concat;
import io.tickformer.graph.Op.Elementwise;
import io.tickformer.graph.Op.Expand;
import io.tickformer.graph.Op.ExpandLike;
import io.tickformer.graph.Op.Gather;
import io.tickformer.graph.Op.MatMul;
import io.tickformer.graph.Op.Pad;
import io.tickformer.graph.Op.Reduce;
import io.tickformer.graph.Op.Reduction;
import io.tickformer.graph.Op.Reshape;
import io.tickformer.graph.Op.Slice;
import io.tickformer.graph.Op.Softmax;
import io.tickformer.graph.Op.Split;
import io.tickformer.graph.Op.Transpose;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Infers the types and shapes of an op's results from its operands. There is one rule per op: here
 * for ops that compute, in {@link LayoutShapeRules} and {@link FusedShapeRules} for the others.
 */
final class ShapeRules {
    private final Op op;
    private final Operands operands;

    private ShapeRules(Op op, Operands operands) {
        this.op = op;
        this.operands = operands;
    }

    /** Type and shape of one result. */
    record Result(ElementType type, Shape shape) {}

    /**
     * Returns the results of an op.
     *
     * @throws GraphException if the operands do not fit, naming the op, the operands, their shapes
     *     and what was expected
     */
    static List<Result> infer(Op op, List<Tensor> inputs) {
        Operands operands = new Operands(op, inputs);
        if (op instanceof Split split) {
            return new LayoutShapeRules(operands).split(split);
        }
        if (op instanceof FusedOp fused) {
            return new FusedShapeRules(fused, operands).infer();
        }
        return List.of(new ShapeRules(op, operands).infer());
    }

    private Result infer() {
        LayoutShapeRules layout = new LayoutShapeRules(operands);
        if (op instanceof Elementwise elementwise) {
            return elementwise(elementwise);
        } else if (op instanceof Cast cast) {
            return new Result(cast.to(), operands.only().shape());
        } else if (op instanceof MatMul) {
            return matMul();
        } else if (op instanceof Transpose transpose) {
            return layout.transpose(transpose);
        } else if (op instanceof Reshape reshape) {
            return layout.reshape(reshape.to());
        } else if (op instanceof Expand expand) {
            return layout.expand(expand.to());
        } else if (op instanceof ExpandLike) {
            return layout.expandLike();
        } else if (op instanceof Concat concat) {
            return layout.concat(concat.axis());
        } else if (op instanceof Slice slice) {
            return layout.slice(slice);
        } else if (op instanceof Gather gather) {
            return layout.gather(gather.axis());
        } else if (op instanceof Pad pad) {
            return layout.pad(pad);
        } else if (op instanceof Reduce reduce) {
            return reduce(reduce);
        } else if (op instanceof Softmax softmax) {
            return softmax(softmax);
        }
        throw new IllegalStateException("no rule for " + op);
    }

    private Result elementwise(Elementwise kind) {
        operands.requireCount(kind.operands());
        Tensor first = operands.get(0);
        switch (kind) {
            case IDENTITY -> {
                return new Result(first.type(), first.shape());
            }
            case NOT, AND, OR -> {
                operands.require(
                        operands.tensors().stream().allMatch(t -> t.type() == ElementType.BOOL),
                        "expected bool operands");
                return new Result(ElementType.BOOL, operands.broadcast());
            }
            case WHERE -> {
                operands.require(first.type() == ElementType.BOOL, "expected a bool condition");
                operands.require(
                        operands.get(1).type() == operands.get(2).type(),
                        "expected both values of one type");
                return new Result(operands.get(1).type(), operands.broadcast());
            }
            case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
                operands.requireSameType();
                operands.require(
                        kind == Elementwise.EQUAL || first.type() != ElementType.BOOL,
                        "expected numbers");
                return new Result(ElementType.BOOL, operands.broadcast());
            }
            case NEG, ABS, SIGN, ADD, SUB, MUL, MAX, MIN -> {
                operands.requireSameType();
                operands.require(first.type() != ElementType.BOOL, "expected numbers");
                return new Result(first.type(), operands.broadcast());
            }
            default -> {
                operands.requireSameType();
                operands.requireFloating(first);
                return new Result(first.type(), operands.broadcast());
            }
        }
    }

    private Result matMul() {
        operands.requireCount(2);
        operands.requireSameType();
        Tensor a = operands.get(0);
        Tensor b = operands.get(1);
        operands.requireFloating(a);
        operands.require(a.rank() >= 2 && b.rank() >= 2, "expected at least two dimensions each");
        Dim inner = a.shape().dim(-1);
        operands.require(
                inner.equals(b.shape().dim(-2)),
                "inner sizes " + inner + " and " + b.shape().dim(-2) + " differ");
        Shape leadingA = new Shape(a.shape().dims().subList(0, a.rank() - 2));
        Shape leadingB = new Shape(b.shape().dims().subList(0, b.rank() - 2));
        List<Dim> dims;
        try {
            dims = new ArrayList<>(leadingA.broadcast(leadingB).dims());
        } catch (GraphException e) {
            throw operands.error(e.getMessage());
        }
        dims.add(a.shape().dim(-2));
        dims.add(b.shape().dim(-1));
        return new Result(a.type(), operands.shape(dims));
    }

    private Result reduce(Reduce reduce) {
        Tensor x = operands.only();
        operands.requireFloating(x);
        List<Integer> axes = reduce.axes();
        operands.require(
                !axes.isEmpty() && new HashSet<>(axes).size() == axes.size(),
                "expected at least one axis, and each once");
        List<Dim> dims = new ArrayList<>();
        for (int axis : axes) {
            operands.requireAxis(x, axis);
            operands.require(
                    reduce.reduction() == Reduction.SUM || x.shape().dim(axis).factor() > 0,
                    "expected elements along axis " + axis);
        }
        for (int axis = 0; axis < x.rank(); axis++) {
            if (!axes.contains(axis)) {
                dims.add(x.shape().dim(axis));
            } else if (reduce.keepDims()) {
                dims.add(Dim.of(1));
            }
        }
        return new Result(x.type(), new Shape(dims));
    }

    private Result softmax(Softmax softmax) {
        Tensor x = operands.only();
        operands.requireFloating(x);
        operands.requireAxis(x, softmax.axis());
        return new Result(x.type(), x.shape());
    }
}
