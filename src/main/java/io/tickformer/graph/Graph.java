package io.tickformer.graph;

import java.util.List;

/**
 * A finished graph: its declared inputs, and what its outputs need of the rest.
 *
 * @param inputs what is fed in, in the order of declaration
 * @param initializers constants and named weights, in the order of declaration
 * @param nodes applications of ops, each after the nodes whose results it uses
 * @param outputs what is read out, in the order of declaration
 */
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
