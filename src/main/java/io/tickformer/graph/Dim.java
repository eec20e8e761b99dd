package io.tickformer.graph;

import io.tickformer.annotation.Internal;

/**
 * One dimension of a shape: a fixed size, or a fixed multiple of a symbol whose value is known when
 * the graph runs.
 *
 * @param factor the size, or the multiple of the symbol; not negative
 * @param symbol the symbol, or the empty string for a fixed size
 */
@Internal
public record Dim(long factor, String symbol) {
    /** B, the number of series of a micro-batch. */
    public static final Dim BATCH = new Dim(1, "B");

    private static final Dim ONE = new Dim(1, "");

    public Dim {
        if (factor < 0) {
            throw new GraphException(
                    "a dimension has size %d; expected 0 or more".formatted(factor));
        }
    }

    /** A fixed size. */
    public static Dim of(long size) {
        return size == 1 ? ONE : new Dim(size, "");
    }

    public boolean isFixed() {
        return symbol.isEmpty();
    }

    /** Whether this is the fixed size 1, which broadcasts to any size. */
    public boolean isOne() {
        return equals(ONE);
    }

    /**
     * The fixed size.
     *
     * @throws GraphException if the dimension is symbolic
     */
    public long size() {
        if (!isFixed()) {
            throw new GraphException(
                    "the dimension %s is symbolic; expected a fixed size".formatted(this));
        }
        return factor;
    }

    /** The product of two dimensions, at most one of them symbolic. */
    public Dim times(Dim other) {
        if (!isFixed() && !other.isFixed()) {
            throw new GraphException(
                    "the dimensions %s and %s are both symbolic; expected at most one in a product"
                            .formatted(this, other));
        }
        return new Dim(Math.multiplyExact(factor, other.factor), isFixed() ? other.symbol : symbol);
    }

    @Override
    public String toString() {
        if (isFixed()) {
            return Long.toString(factor);
        }
        return factor == 1 ? symbol : factor + "*" + symbol;
    }
}
