package io.tickformer.graph;

/**
 * An op that does not fit its operands; the message names the op, the operands and their shapes.
 */
public final class GraphException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public GraphException(String message) {
        super(message);
    }
}
