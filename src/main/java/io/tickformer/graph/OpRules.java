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
import java.util.stream.Collectors;

/** The type and shape of an op's results from those of its operands; one rule an op. */
final class OpRules {
    private final Op op;
    private final List<Tensor> inputs;

    private OpRules(Op op, List<Tensor> inputs) {
        this.op = op;
        this.inputs = inputs;
    }

    /** Type and shape of one result. */
    record Result(ElementType type, Shape shape) {}

    /**
     * The results of an op.
     *
     * @throws GraphException if the operands do not fit, naming the op, the operands, their shapes
     *     and what was expected
     */
    static List<Result> infer(Op op, List<Tensor> inputs) {
        return new OpRules(op, inputs).infer();
    }

    private List<Result> infer() {
        if (op instanceof Split split) {
            return split(split);
        }
        if (op instanceof FusedOp fused) {
            return FusedOpRules.infer(fused, inputs);
        }
        return List.of(inferOne());
    }

    private Result inferOne() {
        if (op instanceof Elementwise elementwise) {
            return elementwise(elementwise);
        } else if (op instanceof Cast cast) {
            return new Result(cast.to(), only().shape());
        } else if (op instanceof MatMul) {
            return matMul();
        } else if (op instanceof Transpose transpose) {
            return transpose(transpose);
        } else if (op instanceof Reshape reshape) {
            return reshape(reshape.to());
        } else if (op instanceof Expand expand) {
            return expand(only(), expand.to());
        } else if (op instanceof ExpandLike) {
            requireOperands(2);
            return expandLike(inputs.get(0), inputs.get(1).shape());
        } else if (op instanceof Concat concat) {
            return concat(concat.axis());
        } else if (op instanceof Slice slice) {
            return slice(slice);
        } else if (op instanceof Gather gather) {
            return gather(gather.axis());
        } else if (op instanceof Pad pad) {
            return pad(pad);
        } else if (op instanceof Reduce reduce) {
            return reduce(reduce);
        } else if (op instanceof Softmax softmax) {
            requireFloating(only());
            requireAxis(only(), softmax.axis());
            return new Result(only().type(), only().shape());
        }
        throw new IllegalStateException("no rule for " + op);
    }

    private Result elementwise(Elementwise kind) {
        requireOperands(kind.operands());
        Tensor first = inputs.get(0);
        switch (kind) {
            case IDENTITY -> {
                return new Result(first.type(), first.shape());
            }
            case NOT, AND, OR -> {
                require(
                        inputs.stream().allMatch(t -> t.type() == ElementType.BOOL),
                        "expected bool operands");
                return new Result(ElementType.BOOL, broadcast());
            }
            case WHERE -> {
                require(first.type() == ElementType.BOOL, "expected a bool condition");
                require(
                        inputs.get(1).type() == inputs.get(2).type(),
                        "expected both values of one type");
                return new Result(inputs.get(1).type(), broadcast());
            }
            case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
                requireSameType();
                require(
                        kind == Elementwise.EQUAL || first.type() != ElementType.BOOL,
                        "expected numbers");
                return new Result(ElementType.BOOL, broadcast());
            }
            case NEG, ABS, SIGN, ADD, SUB, MUL, MAX, MIN -> {
                requireSameType();
                require(first.type() != ElementType.BOOL, "expected numbers");
                return new Result(first.type(), broadcast());
            }
            default -> {
                requireSameType();
                requireFloating(first);
                return new Result(first.type(), broadcast());
            }
        }
    }

    private Shape broadcast() {
        Shape shape = inputs.get(0).shape();
        for (Tensor input : inputs) {
            try {
                shape = shape.broadcast(input.shape());
            } catch (GraphException e) {
                throw error(e.getMessage());
            }
        }
        return shape;
    }

    private Result matMul() {
        requireOperands(2);
        requireSameType();
        Tensor a = inputs.get(0);
        Tensor b = inputs.get(1);
        requireFloating(a);
        require(a.rank() >= 2 && b.rank() >= 2, "expected at least two dimensions each");
        Dim inner = a.shape().dim(-1);
        require(
                inner.equals(b.shape().dim(-2)),
                "inner sizes " + inner + " and " + b.shape().dim(-2) + " differ");
        Shape leadingA = new Shape(a.shape().dims().subList(0, a.rank() - 2));
        Shape leadingB = new Shape(b.shape().dims().subList(0, b.rank() - 2));
        List<Dim> dims;
        try {
            dims = new ArrayList<>(leadingA.broadcast(leadingB).dims());
        } catch (GraphException e) {
            throw error(e.getMessage());
        }
        dims.add(a.shape().dim(-2));
        dims.add(b.shape().dim(-1));
        return new Result(a.type(), shape(dims));
    }

    private Result transpose(Transpose transpose) {
        Tensor x = only();
        List<Integer> permutation = transpose.permutation();
        boolean valid =
                permutation.size() == x.rank()
                        && new HashSet<>(permutation).size() == x.rank()
                        && permutation.stream().allMatch(axis -> axis >= 0 && axis < x.rank());
        require(valid, permutation + " is no permutation of its axes");
        return new Result(
                x.type(), new Shape(permutation.stream().map(a -> x.shape().dim(a)).toList()));
    }

    private Result reshape(Shape to) {
        Tensor x = only();
        require(
                x.shape().elements().equals(to.elements()),
                "%s elements do not fill %s, which has %s"
                        .formatted(x.shape().elements(), to, to.elements()));
        return new Result(x.type(), to);
    }

    private Result expand(Tensor x, Shape to) {
        Result result = expandLike(x, to);
        for (Dim dim : to.dims()) {
            require(
                    dim.isFixed() || x.shape().dims().contains(dim),
                    "the operand has no dimension %s of %s; use expandLike".formatted(dim, to));
        }
        return result;
    }

    private Result expandLike(Tensor x, Shape to) {
        boolean fits;
        try {
            fits = x.shape().broadcast(to).equals(to);
        } catch (GraphException e) {
            throw error(e.getMessage());
        }
        require(fits, "%s does not broadcast to %s".formatted(x.shape(), to));
        return new Result(x.type(), to);
    }

    private Result concat(int axis) {
        require(!inputs.isEmpty(), "expected at least one operand");
        requireSameType();
        Tensor first = inputs.get(0);
        requireAxis(first, axis);
        long size = 0;
        for (Tensor input : inputs) {
            requireFixed(input, axis);
            require(
                    input.rank() == first.rank()
                            && input.shape()
                                    .with(axis, Dim.of(1))
                                    .equals(first.shape().with(axis, Dim.of(1))),
                    "shapes differ outside axis " + axis);
            size += input.shape().size(axis);
        }
        return new Result(first.type(), first.shape().with(axis, Dim.of(size)));
    }

    private List<Result> split(Split split) {
        Tensor x = only();
        requireFixed(x, split.axis());
        long total = split.sizes().stream().mapToLong(Long::longValue).sum();
        require(
                total == x.shape().size(split.axis())
                        && split.sizes().stream().allMatch(size -> size > 0),
                "sizes %s do not add up to %s, the size of axis %d"
                        .formatted(split.sizes(), x.shape().dim(split.axis()), split.axis()));
        return split.sizes().stream()
                .map(size -> new Result(x.type(), x.shape().with(split.axis(), Dim.of(size))))
                .toList();
    }

    private Result slice(Slice slice) {
        Tensor x = only();
        requireFixed(x, slice.axis());
        long size = x.shape().size(slice.axis());
        require(
                0 <= slice.start() && slice.start() < slice.end() && slice.end() <= size,
                "expected 0 <= start < end <= " + size);
        return new Result(
                x.type(), x.shape().with(slice.axis(), Dim.of(slice.end() - slice.start())));
    }

    private Result gather(int axis) {
        requireOperands(2);
        Tensor x = inputs.get(0);
        Tensor indices = inputs.get(1);
        requireAxis(x, axis);
        require(indices.type() == ElementType.INT64, "expected int64 indices");
        List<Dim> dims = new ArrayList<>(x.shape().dims().subList(0, axis));
        dims.addAll(indices.shape().dims());
        dims.addAll(x.shape().dims().subList(axis + 1, x.rank()));
        return new Result(x.type(), shape(dims));
    }

    private Result pad(Pad pad) {
        Tensor x = only();
        requireFloating(x);
        requireFixed(x, pad.axis());
        require(pad.before() >= 0 && pad.after() >= 0, "expected paddings of zero or more");
        long size = pad.before() + x.shape().size(pad.axis()) + pad.after();
        return new Result(x.type(), x.shape().with(pad.axis(), Dim.of(size)));
    }

    private Result reduce(Reduce reduce) {
        Tensor x = only();
        requireFloating(x);
        List<Integer> axes = reduce.axes();
        require(
                !axes.isEmpty() && new HashSet<>(axes).size() == axes.size(),
                "expected at least one axis, and each once");
        List<Dim> dims = new ArrayList<>();
        for (int axis : axes) {
            requireAxis(x, axis);
            require(
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

    private Tensor only() {
        requireOperands(1);
        return inputs.get(0);
    }

    private Shape shape(List<Dim> dims) {
        try {
            return new Shape(dims);
        } catch (GraphException e) {
            throw error(e.getMessage());
        }
    }

    private void requireOperands(int count) {
        require(inputs.size() == count, "expected %d operands".formatted(count));
    }

    private void requireSameType() {
        require(
                inputs.stream().allMatch(t -> t.type() == inputs.get(0).type()),
                "expected operands of one type");
    }

    private void requireFloating(Tensor x) {
        require(x.type().isFloating(), "expected float or double");
    }

    private void requireAxis(Tensor x, int axis) {
        require(axis >= 0 && axis < x.rank(), "axis %d is none of its axes".formatted(axis));
    }

    private void requireFixed(Tensor x, int axis) {
        requireAxis(x, axis);
        require(
                x.shape().dim(axis).isFixed(),
                "axis %d is symbolic; expected a fixed size".formatted(axis));
    }

    private void require(boolean holds, String expectation) {
        if (!holds) {
            throw error(expectation);
        }
    }

    private GraphException error(String expectation) {
        String operands =
                inputs.stream().map(Tensor::toString).collect(Collectors.joining(" and "));
        return new GraphException(op + " of " + operands + ": " + expectation);
    }
}
