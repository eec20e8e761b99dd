package io.tickformer.graph;

import io.tickformer.graph.Op.Pad;
import io.tickformer.graph.Op.Slice;
import io.tickformer.graph.Op.Split;
import io.tickformer.graph.Op.Transpose;
import io.tickformer.graph.ShapeRules.Result;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Infers the results of ops that move, repeat, select or join elements. */
final class LayoutShapeRules {
    private final Operands operands;

    LayoutShapeRules(Operands operands) {
        this.operands = operands;
    }

    Result transpose(Transpose transpose) {
        Tensor x = operands.only();
        List<Integer> permutation = transpose.permutation();
        boolean valid =
                permutation.size() == x.rank()
                        && new HashSet<>(permutation).size() == x.rank()
                        && permutation.stream().allMatch(axis -> axis >= 0 && axis < x.rank());
        operands.require(valid, permutation + " is no permutation of its axes");
        return new Result(
                x.type(), new Shape(permutation.stream().map(a -> x.shape().dim(a)).toList()));
    }

    Result reshape(Shape to) {
        Tensor x = operands.only();
        operands.require(
                x.shape().elements().equals(to.elements()),
                "%s elements do not fill %s, which has %s"
                        .formatted(x.shape().elements(), to, to.elements()));
        return new Result(x.type(), to);
    }

    Result expand(Shape to) {
        Tensor x = operands.only();
        Result result = broadcast(x, to);
        for (Dim dim : to.dims()) {
            operands.require(
                    dim.isFixed() || x.shape().dims().contains(dim),
                    "the operand has no dimension %s of %s; use expandLike".formatted(dim, to));
        }
        return result;
    }

    Result expandLike() {
        operands.requireCount(2);
        return broadcast(operands.get(0), operands.get(1).shape());
    }

    private Result broadcast(Tensor x, Shape to) {
        boolean fits;
        try {
            fits = x.shape().broadcast(to).equals(to);
        } catch (GraphException e) {
            throw operands.error(e.getMessage());
        }
        operands.require(fits, "%s does not broadcast to %s".formatted(x.shape(), to));
        return new Result(x.type(), to);
    }

    Result concat(int axis) {
        operands.require(!operands.tensors().isEmpty(), "expected at least one operand");
        operands.requireSameType();
        Tensor first = operands.get(0);
        operands.requireAxis(first, axis);
        long size = 0;
        for (Tensor input : operands.tensors()) {
            operands.requireFixed(input, axis);
            operands.require(
                    input.rank() == first.rank()
                            && input.shape()
                                    .with(axis, Dim.of(1))
                                    .equals(first.shape().with(axis, Dim.of(1))),
                    "shapes differ outside axis " + axis);
            size += input.shape().size(axis);
        }
        return new Result(first.type(), first.shape().with(axis, Dim.of(size)));
    }

    List<Result> split(Split split) {
        Tensor x = operands.only();
        operands.requireFixed(x, split.axis());
        long total = split.sizes().stream().mapToLong(Long::longValue).sum();
        operands.require(
                total == x.shape().size(split.axis())
                        && split.sizes().stream().allMatch(size -> size > 0),
                "sizes %s do not add up to %s, the size of axis %d"
                        .formatted(split.sizes(), x.shape().dim(split.axis()), split.axis()));
        return split.sizes().stream()
                .map(size -> new Result(x.type(), x.shape().with(split.axis(), Dim.of(size))))
                .toList();
    }

    Result slice(Slice slice) {
        Tensor x = operands.only();
        operands.requireFixed(x, slice.axis());
        long size = x.shape().size(slice.axis());
        operands.require(
                0 <= slice.start() && slice.start() < slice.end() && slice.end() <= size,
                "expected 0 <= start < end <= " + size);
        return new Result(
                x.type(), x.shape().with(slice.axis(), Dim.of(slice.end() - slice.start())));
    }

    Result gather(int axis) {
        operands.requireCount(2);
        Tensor x = operands.get(0);
        Tensor indices = operands.get(1);
        operands.requireAxis(x, axis);
        operands.require(indices.type() == ElementType.INT64, "expected int64 indices");
        List<Dim> dims = new ArrayList<>(x.shape().dims().subList(0, axis));
        dims.addAll(indices.shape().dims());
        dims.addAll(x.shape().dims().subList(axis + 1, x.rank()));
        return new Result(x.type(), operands.shape(dims));
    }

    Result pad(Pad pad) {
        Tensor x = operands.only();
        operands.requireFloating(x);
        operands.requireFixed(x, pad.axis());
        operands.require(
                pad.before() >= 0 && pad.after() >= 0, "expected paddings of zero or more");
        long size = pad.before() + x.shape().size(pad.axis()) + pad.after();
        return new Result(x.type(), x.shape().with(pad.axis(), Dim.of(size)));
    }
}
