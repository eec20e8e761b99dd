package io.tickformer.graph;

import io.tickformer.annotation.Internal;
import java.util.List;

/**
 * One application of an op. Nodes are compared by identity of their tensors, so two nodes of one
 * graph are never equal.
 *
 * @param name the name, unique among the nodes of the graph
 * @param op the operation
 * @param inputs its operands, in the op's order
 * @param outputs its results; one, or several for {@link Op.Split} and some {@link FusedOp}s
 */
@Internal
public record Node(String name, Op op, List<Tensor> inputs, List<Tensor> outputs) {
    public Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The operand at a position. */
    public Tensor input(int position) {
        return inputs.get(position);
    }

    /** The only result. */
    public Tensor output() {
        if (outputs.size() != 1) {
            throw new GraphException(
                    "%s has %d outputs; expected one".formatted(name, outputs.size()));
        }
        return outputs.get(0);
    }

    @Override
    public String toString() {
        return name + ": " + op + " of " + inputs + " -> " + outputs;
    }
}
