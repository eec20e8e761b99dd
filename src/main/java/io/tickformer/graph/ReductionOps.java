package io.tickformer.graph;

import io.tickformer.annotation.Internal;
import io.tickformer.graph.Op.Reduction;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The methods of a {@link GraphBuilder} that add ops which combine elements along an axis: matrix
 * products, sums, means, maxima and softmax. Negative axes count from the end.
 */
@Internal
public sealed interface ReductionOps permits GraphBuilder {
    /** Adds an op with one result; see {@link GraphBuilder#apply}. */
    Tensor apply(Op op, Tensor... operands);

    /** {@code [.., m, k] x [.., k, n] -> [.., m, n]}; the leading dimensions broadcast. */
    default Tensor matMul(Tensor a, Tensor b) {
        return apply(new Op.MatMul(), a, b);
    }

    default Tensor reduceSum(Tensor x, boolean keepDims, int... axes) {
        return reduce(Reduction.SUM, x, keepDims, axes);
    }

    default Tensor reduceMean(Tensor x, boolean keepDims, int... axes) {
        return reduce(Reduction.MEAN, x, keepDims, axes);
    }

    default Tensor reduceMax(Tensor x, boolean keepDims, int... axes) {
        return reduce(Reduction.MAX, x, keepDims, axes);
    }

    /** The sum of all elements, without dimensions. */
    default Tensor sumAll(Tensor x) {
        if (x.rank() == 0) {
            return x;
        }
        return reduceSum(x, false, IntStream.range(0, x.rank()).toArray());
    }

    default Tensor softmax(Tensor x, int axis) {
        return apply(new Op.Softmax(x.positiveAxis(axis)), x);
    }

    private Tensor reduce(Reduction reduction, Tensor x, boolean keepDims, int... axes) {
        List<Integer> positive = IntStream.of(axes).map(a -> x.positiveAxis(a)).boxed().toList();
        return apply(new Op.Reduce(reduction, positive, keepDims), x);
    }
}
