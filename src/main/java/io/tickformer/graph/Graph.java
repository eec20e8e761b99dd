package io.tickformer.graph;

import io.tickformer.annotation.Internal;
import java.util.List;

/**
 * A finished graph: all declared inputs, and the initializers and nodes that its outputs need.
 *
 * @param inputs in the order of declaration
 * @param initializers constants and weights, in the order of declaration
 * @param nodes applications of ops, each after the nodes whose results it uses
 * @param outputs in the order of declaration
 */
@Internal
public record Graph(
        List<Tensor> inputs,
        List<Initializer> initializers,
        List<Node> nodes,
        List<Tensor> outputs) {
    public Graph {
        inputs = List.copyOf(inputs);
        initializers = List.copyOf(initializers);
        nodes = List.copyOf(nodes);
        outputs = List.copyOf(outputs);
    }
}
