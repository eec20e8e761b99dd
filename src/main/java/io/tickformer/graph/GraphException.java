package io.tickformer.graph;

import io.tickformer.annotation.Internal;

/**
 * An op that does not fit its operands; the message names the op, the operands and their shapes.
 */
@Internal
public final class GraphException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public GraphException(String message) {
        super(message);
    }
}
