package io.tickformer.autodiff;

import io.tickformer.graph.Dim;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Op;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;

/**
 * Derivative rules of ops that combine elements along axes: matrix products, reductions and
 * softmax.
 */
final class ReductionRules {
    private ReductionRules() {}

    static Tensor matMulLeft(BackwardContext a) {
        return a.graph().matMul(a.dy(), a.graph().transposeLast(a.x(1)));
    }

    /**
     * The derivative by a weight matrix that all leading dimensions share is one product over all
     * rows, instead of one product for each of them and a sum.
     */
    static Tensor matMulRight(BackwardContext a) {
        GraphBuilder g = a.graph();
        Tensor left = a.x(0);
        Tensor dy = a.dy();
        if (a.x(1).rank() == 2 && left.rank() > 2) {
            left = g.reshape(left, rows(left.shape()));
            dy = g.reshape(dy, rows(dy.shape()));
        }
        return g.matMul(g.transposeLast(left), dy);
    }

    private static Shape rows(Shape shape) {
        Shape around = Broadcasting.aroundAxis(shape, 0, shape.rank() - 1);
        return new Shape(around.dims().subList(1, 3));
    }

    static Tensor sum(BackwardContext a) {
        return overAxes(a, a.dy());
    }

    static Tensor mean(BackwardContext a) {
        Tensor x = a.x();
        long joined =
                a.op(Op.Reduce.class).axes().stream()
                        .mapToLong(axis -> x.shape().size(axis))
                        .reduce(1, Math::multiplyExact);
        return overAxes(a, a.graph().mul(a.dy(), 1.0 / joined));
    }

    /** Equal maximum elements share the cotangent. */
    static Tensor max(BackwardContext a) {
        GraphBuilder g = a.graph();
        Op.Reduce op = a.op(Op.Reduce.class);
        int[] axes = op.axes().stream().mapToInt(Integer::intValue).toArray();
        Tensor greatest = a.indicator(g.equal(a.x(), g.reshape(a.y(), kept(a))));
        Tensor count = g.reduceSum(greatest, op.keepDims(), axes);
        return g.mul(overAxes(a, g.div(a.dy(), count)), greatest);
    }

    /** Broadcasts a tensor of the shape of the result over the reduced axes. */
    private static Tensor overAxes(BackwardContext a, Tensor reduced) {
        boolean aligned = reduced.rank() == 0 || reduced.shape().equals(kept(a));
        Tensor column = aligned ? reduced : a.graph().reshape(reduced, kept(a));
        return Broadcasting.broadcastLike(a.graph(), column, a.x());
    }

    private static Shape kept(BackwardContext a) {
        Shape shape = a.x().shape();
        for (int axis : a.op(Op.Reduce.class).axes()) {
            shape = shape.with(axis, Dim.of(1));
        }
        return shape;
    }

    static Tensor softmax(BackwardContext a) {
        GraphBuilder g = a.graph();
        int axis = a.op(Op.Softmax.class).axis();
        Tensor weighted = a.dyTimes(a.y());
        Tensor total = g.reduceSum(weighted, true, axis);
        return g.sub(weighted, g.mul(a.y(), total));
    }
}
