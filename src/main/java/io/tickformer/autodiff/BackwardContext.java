package io.tickformer.autodiff;

import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Node;
import io.tickformer.graph.Op;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.graph.TensorData;
import java.util.List;

/**
 * One node under differentiation: its operands, its results and their cotangents, and the builder
 * that takes the new nodes. What derivative rules are written with.
 */
final class BackwardContext {
    private final GraphBuilder graph;
    private final Node node;
    private final List<Tensor> cotangents;

    /** A node with the cotangent of each of its results, all of their full shape. */
    BackwardContext(GraphBuilder graph, Node node, List<Tensor> cotangents) {
        this.graph = graph;
        this.node = node;
        this.cotangents = cotangents;
    }

    GraphBuilder graph() {
        return graph;
    }

    /** The op with its parameters. */
    <O extends Op> O op(Class<O> type) {
        return type.cast(node.op());
    }

    /** The operand at a position. */
    Tensor x(int position) {
        return node.input(position);
    }

    /** The only operand. */
    Tensor x() {
        return node.input(0);
    }

    /** The only result: reused, not computed again. */
    Tensor y() {
        return node.output();
    }

    /** The cotangent of the only result. */
    Tensor dy() {
        return cotangents.get(0);
    }

    /** The cotangents of all results. */
    List<Tensor> dys() {
        return cotangents;
    }

    /** {@code dy * factor}. */
    Tensor dyTimes(Tensor factor) {
        Tensor compact = compactDy(factor);
        return isOne(compact) ? factor : graph.mul(compact, factor);
    }

    /** {@code dy / divisor}. */
    Tensor dyOver(Tensor divisor) {
        return graph.div(compactDy(divisor), divisor);
    }

    /** {@code dy} where a condition holds, 0 elsewhere. */
    Tensor dyWhere(Tensor condition) {
        return graph.where(condition, dy(), scalar(0));
    }

    /** A scalar of the cotangent's type. */
    Tensor scalar(double value) {
        return graph.constant(TensorData.of(dy().type(), Shape.SCALAR, value));
    }

    /** A condition as 1 or 0 of the cotangent's type. */
    Tensor indicator(Tensor condition) {
        return graph.cast(condition, dy().type());
    }

    /**
     * The cotangent, or what it was expanded from if the other factor of a product restores the
     * full shape: most losses begin with a sum, whose cotangent is one number.
     */
    private Tensor compactDy(Tensor other) {
        Tensor compact = Broadcasting.source(graph, dy());
        boolean restored = compact.shape().broadcast(other.shape()).equals(dy().shape());
        return restored ? compact : dy();
    }

    private boolean isOne(Tensor tensor) {
        return graph.data(tensor).isPresent()
                && tensor.rank() == 0
                && graph.data(tensor).get().toDoubles()[0] == 1;
    }
}
