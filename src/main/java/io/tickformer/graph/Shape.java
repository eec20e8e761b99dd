package io.tickformer.graph;

import io.tickformer.annotation.Internal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Sizes of a tensor's dimensions, outermost first; at most one of them symbolic.
 *
 * @param dims the dimensions; empty for a scalar
 */
@Internal
public record Shape(List<Dim> dims) {
    public static final Shape SCALAR = new Shape(List.of());

    public Shape {
        dims = List.copyOf(dims);
        if (dims.stream().filter(d -> !d.isFixed()).count() > 1) {
            throw new GraphException(
                    "the shape %s has several symbolic dimensions; expected at most one"
                            .formatted(dims));
        }
    }

    /** A shape of fixed sizes. */
    public static Shape of(long... sizes) {
        return new Shape(Arrays.stream(sizes).mapToObj(Dim::of).toList());
    }

    /** A shape whose first dimension is given as it is and the others by their fixed sizes. */
    public static Shape of(Dim first, long... rest) {
        List<Dim> dims = new ArrayList<>();
        dims.add(first);
        for (long size : rest) {
            dims.add(Dim.of(size));
        }
        return new Shape(dims);
    }

    /** A shape {@code [B, rest...]} with the symbolic batch first. */
    public static Shape batch(long... rest) {
        return of(Dim.BATCH, rest);
    }

    public int rank() {
        return dims.size();
    }

    /** The dimension at an axis; negative axes count from the end. */
    public Dim dim(int axis) {
        return dims.get(axis < 0 ? axis + rank() : axis);
    }

    /** The fixed size at an axis; negative axes count from the end. */
    public long size(int axis) {
        return dim(axis).size();
    }

    public boolean isFixed() {
        return dims.stream().allMatch(Dim::isFixed);
    }

    /** Number of elements; symbolic if a dimension is. */
    public Dim elements() {
        Dim product = Dim.of(1);
        for (Dim dim : dims) {
            product = product.times(dim);
        }
        return product;
    }

    /** Number of elements of a fixed shape. */
    public int fixedElements() {
        return Math.toIntExact(elements().size());
    }

    /** This shape with another dimension at an axis; negative axes count from the end. */
    public Shape with(int axis, Dim dim) {
        List<Dim> changed = new ArrayList<>(dims);
        changed.set(axis < 0 ? axis + rank() : axis, dim);
        return new Shape(changed);
    }

    /** This shape with a dimension of size 1 put in before an axis of the result. */
    public Shape unsqueezed(int axis) {
        List<Dim> changed = new ArrayList<>(dims);
        changed.add(axis < 0 ? axis + rank() + 1 : axis, Dim.of(1));
        return new Shape(changed);
    }

    /**
     * The shape that two shapes broadcast to (NumPy's rule: aligned at the end, size 1 stretches).
     *
     * @throws GraphException if they do not broadcast
     */
    public Shape broadcast(Shape other) {
        int rank = Math.max(rank(), other.rank());
        List<Dim> result = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            Dim a = alignedDim(i, rank);
            Dim b = other.alignedDim(i, rank);
            if (!a.equals(b) && !a.isOne() && !b.isOne()) {
                throw new GraphException(
                        "%s and %s do not broadcast: %s meets %s".formatted(this, other, a, b));
            }
            result.add(a.isOne() ? b : a);
        }
        return new Shape(result);
    }

    private Dim alignedDim(int axis, int rank) {
        int own = axis - (rank - rank());
        return own < 0 ? Dim.of(1) : dims.get(own);
    }

    @Override
    public String toString() {
        return dims.stream().map(Dim::toString).collect(Collectors.joining(",", "[", "]"));
    }
}
