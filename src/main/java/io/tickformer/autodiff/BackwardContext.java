package io.tickformer.autodiff;

import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Node;
import io.tickformer.graph.Op;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.graph.TensorData;
import java.util.List;

/**
 * The node that is being differentiated, as derivative rules see it: its operands x, its results y,
 * the cotangents dy of the results, and the graph builder that receives new nodes.
 */
final class BackwardContext {
    private final GraphBuilder graph;
    private final Node node;
    private final List<Tensor> cotangents;

    /** A node and the cotangents of its results, each of the full shape of its result. */
    BackwardContext(GraphBuilder graph, Node node, List<Tensor> cotangents) {
        this.graph = graph;
        this.node = node;
        this.cotangents = cotangents;
    }

    GraphBuilder graph() {
        return graph;
    }

    /** The op and its attributes. */
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

    /** The only result of the node; a rule that uses it does not compute it again. */
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

    /** {@code dy} where the condition holds, 0 elsewhere. */
    Tensor dyWhere(Tensor condition) {
        return graph.where(condition, dy(), scalar(0));
    }

    /** A scalar of the cotangent's type. */
    Tensor scalar(double value) {
        return graph.constant(TensorData.of(dy().type(), Shape.SCALAR, value));
    }

    /** The condition as 1 or 0, of the type of the cotangent. */
    Tensor indicator(Tensor condition) {
        return graph.cast(condition, dy().type());
    }

    /**
     * The cotangent or, if the other factor of a product restores the full shape, the tensor it was
     * expanded from. Most losses start with a sum, whose cotangent is a single number.
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
