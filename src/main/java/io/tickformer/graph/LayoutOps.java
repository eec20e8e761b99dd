package io.tickformer.graph;

import io.tickformer.annotation.Internal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The methods of a {@link GraphBuilder} that add ops which move, repeat, select or join elements
 * and compute nothing. Negative axes count from the end.
 */
@Internal
public sealed interface LayoutOps permits GraphBuilder {
    /** Adds an op with one result; see {@link GraphBuilder#apply}. */
    Tensor apply(Op op, Tensor... operands);

    /** Adds an op with any number of results; see {@link GraphBuilder#applyAll}. */
    List<Tensor> applyAll(Op op, List<Tensor> operands);

    /** Dimension i of the result is dimension {@code permutation[i]} of {@code x}. */
    default Tensor transpose(Tensor x, int... permutation) {
        return apply(new Op.Transpose(IntStream.of(permutation).boxed().toList()), x);
    }

    /** {@code x} with its last two dimensions exchanged. */
    default Tensor transposeLast(Tensor x) {
        int[] permutation = IntStream.range(0, x.rank()).toArray();
        if (x.rank() < 2) {
            throw new GraphException("Transpose of " + x + ": expected at least two dimensions");
        }
        permutation[x.rank() - 1] = x.rank() - 2;
        permutation[x.rank() - 2] = x.rank() - 1;
        return transpose(x, permutation);
    }

    default Tensor reshape(Tensor x, Shape to) {
        return apply(new Op.Reshape(to), x);
    }

    /** {@code x} with a dimension of size 1 inserted before an axis of the result. */
    default Tensor unsqueeze(Tensor x, int axis) {
        return reshape(x, x.shape().unsqueezed(axis));
    }

    /** {@code x} without a dimension, which has size 1. */
    default Tensor squeeze(Tensor x, int axis) {
        List<Dim> dims = new ArrayList<>(x.shape().dims());
        dims.remove(x.positiveAxis(axis));
        return reshape(x, new Shape(dims));
    }

    /** Broadcasts to a larger shape. Its symbolic dimension, if any, must be one of {@code x}. */
    default Tensor expand(Tensor x, Shape to) {
        return apply(new Op.Expand(to), x);
    }

    /** Broadcasts to the shape of another tensor, symbolic dimensions included. */
    default Tensor expandLike(Tensor x, Tensor like) {
        return apply(new Op.ExpandLike(), x, like);
    }

    default Tensor concat(int axis, Tensor... parts) {
        int positive = parts.length == 0 ? axis : parts[0].positiveAxis(axis);
        return apply(new Op.Concat(positive), parts);
    }

    /** Consecutive parts of the given sizes along an axis. */
    default List<Tensor> split(Tensor x, int axis, long... sizes) {
        List<Long> parts = IntStream.range(0, sizes.length).mapToObj(i -> sizes[i]).toList();
        return applyAll(new Op.Split(x.positiveAxis(axis), parts), List.of(x));
    }

    /** Elements {@code start} (inclusive) to {@code end} (exclusive) along a fixed axis. */
    default Tensor slice(Tensor x, int axis, long start, long end) {
        return apply(new Op.Slice(x.positiveAxis(axis), start, end), x);
    }

    /** Slices of {@code x} along an axis, at int64 indices. */
    default Tensor gather(Tensor x, int axis, Tensor indices) {
        return apply(new Op.Gather(x.positiveAxis(axis)), x, indices);
    }

    /** {@code x} with zeros before and after it along a fixed axis. */
    default Tensor pad(Tensor x, int axis, long before, long after) {
        return apply(new Op.Pad(x.positiveAxis(axis), before, after), x);
    }
}
