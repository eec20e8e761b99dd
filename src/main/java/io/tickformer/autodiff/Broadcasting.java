package io.tickformer.autodiff;

import io.tickformer.graph.Dim;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Op;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Broadcasting and its transpose, the sum over broadcast axes. */
final class Broadcasting {
    private Broadcasting() {}

    /**
     * Sums a cotangent to the shape of an operand that was broadcast: an element that was read
     * several times receives the sum of the cotangents.
     */
    static Tensor unbroadcast(GraphBuilder graph, Tensor cotangent, Shape operand) {
        if (cotangent.shape().equals(operand)) {
            return cotangent;
        }
        int added = cotangent.rank() - operand.rank();
        int[] axes =
                IntStream.range(0, cotangent.rank())
                        .filter(axis -> axis < added || stretched(cotangent, operand, axis, added))
                        .toArray();
        Tensor sum = graph.reduceSum(cotangent, false, axes);
        return sum.shape().equals(operand) ? sum : graph.reshape(sum, operand);
    }

    private static boolean stretched(Tensor cotangent, Shape operand, int axis, int added) {
        return operand.dim(axis - added).isOne() && !cotangent.shape().dim(axis).isOne();
    }

    /** Broadcasts a tensor to the shape of another. */
    static Tensor broadcastLike(GraphBuilder graph, Tensor x, Tensor like) {
        if (x.shape().equals(like.shape())) {
            return x;
        }
        boolean knowsSymbol =
                like.shape().dims().stream()
                        .filter(dim -> !dim.isFixed())
                        .allMatch(x.shape().dims()::contains);
        return knowsSymbol ? graph.expand(x, like.shape()) : graph.expandLike(x, like);
    }

    /** The tensor that a tensor was expanded from, or the tensor itself. */
    static Tensor source(GraphBuilder graph, Tensor x) {
        Optional<Op> op = graph.producer(x).map(node -> node.op());
        boolean expanded =
                op.filter(o -> o instanceof Op.Expand || o instanceof Op.ExpandLike).isPresent();
        return expanded ? graph.producer(x).get().input(0) : x;
    }

    /**
     * Merges the dimensions of a shape to three: those before the given axes, those axes, and those
     * after them.
     */
    static Shape aroundAxis(Shape shape, int axis, int axes) {
        return new Shape(
                List.of(
                        product(shape, 0, axis),
                        product(shape, axis, axis + axes),
                        product(shape, axis + axes, shape.rank())));
    }

    private static Dim product(Shape shape, int from, int to) {
        Dim product = Dim.of(1);
        for (int axis = from; axis < to; axis++) {
            product = product.times(shape.dim(axis));
        }
        return product;
    }
}
