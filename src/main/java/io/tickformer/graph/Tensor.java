package io.tickformer.graph;

import io.tickformer.annotation.Internal;

/**
 * A reference to a value of one graph: an input, an initializer or the output of a node. It belongs
 * to the {@link GraphBuilder} that made it. Two references are equal only if they are identical.
 */
@Internal
public final class Tensor {
    private final GraphBuilder owner;
    private final String name;
    private final ElementType type;
    private final Shape shape;

    Tensor(GraphBuilder owner, String name, ElementType type, Shape shape) {
        this.owner = owner;
        this.name = name;
        this.type = type;
        this.shape = shape;
    }

    GraphBuilder owner() {
        return owner;
    }

    /** The name, unique within the graph. */
    public String name() {
        return name;
    }

    public ElementType type() {
        return type;
    }

    public Shape shape() {
        return shape;
    }

    public int rank() {
        return shape.rank();
    }

    /** An axis as a number from 0 on; negative ones count from the end. */
    int positiveAxis(int axis) {
        return axis < 0 ? axis + rank() : axis;
    }

    @Override
    public String toString() {
        return name + " " + type + shape;
    }
}
