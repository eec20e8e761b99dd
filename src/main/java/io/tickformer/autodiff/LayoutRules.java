package io.tickformer.autodiff;

import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Op;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Derivative rules of ops that only move elements: the derivative moves them back. */
final class LayoutRules {
    private LayoutRules() {}

    static Tensor transpose(BackwardContext a) {
        List<Integer> permutation = a.op(Op.Transpose.class).permutation();
        int[] inverse = IntStream.range(0, permutation.size()).map(permutation::indexOf).toArray();
        return a.graph().transpose(a.dy(), inverse);
    }

    static Tensor concat(BackwardContext a, int operand) {
        int axis = a.op(Op.Concat.class).axis();
        long start = 0;
        for (int before = 0; before < operand; before++) {
            start += a.x(before).shape().size(axis);
        }
        return a.graph().slice(a.dy(), axis, start, start + a.x(operand).shape().size(axis));
    }

    static Tensor split(BackwardContext a) {
        int axis = a.op(Op.Split.class).axis();
        return a.graph().concat(axis, a.dys().toArray(Tensor[]::new));
    }

    static Tensor slice(BackwardContext a) {
        Op.Slice op = a.op(Op.Slice.class);
        long size = a.x().shape().size(op.axis());
        return a.graph().pad(a.dy(), op.axis(), op.start(), size - op.end());
    }

    static Tensor pad(BackwardContext a) {
        Op.Pad op = a.op(Op.Pad.class);
        long size = a.x().shape().size(op.axis());
        return a.graph().slice(a.dy(), op.axis(), op.before(), op.before() + size);
    }

    /**
     * The derivative of a gather is a product with a 0/1 matrix that has a 1 where a slice was
     * read, so slices that were read several times receive the sum of the cotangents: {@code [K, I]
     * x [.., I, ..] -> [.., K, ..]}.
     */
    static Tensor gather(BackwardContext a) {
        GraphBuilder g = a.graph();
        int axis = a.op(Op.Gather.class).axis();
        Tensor indices = a.x(1);
        int read = indices.shape().fixedElements();
        long size = a.x(0).shape().size(axis);
        Tensor positions =
                g.reshape(
                        g.longs(IntStream.range(0, (int) size).asLongStream().toArray()),
                        Shape.of(size, 1));
        Tensor wasRead = g.equal(positions, g.reshape(indices, Shape.of(1, read)));
        Shape flat = Broadcasting.aroundAxis(a.dy().shape(), axis, indices.rank());
        Tensor collected = g.matMul(a.indicator(wasRead), g.reshape(a.dy(), flat));
        return g.reshape(collected, a.x(0).shape());
    }
}
