package io.tickformer.model;

import io.tickformer.graph.Tensor;

/**
 * What happens to an activation where training may drop some of it (Srivastava et al. 2014): after
 * the embedding and at the end of each branch that adds to the residual stream.
 */
@FunctionalInterface
public interface Dropout {
    /** Drops nothing: export, evaluation and training without dropout. */
    Dropout NONE = (site, x) -> x;

    /**
     * The activation after dropout.
     *
     * @param site readable name of the place, unique within the model
     * @param x {@code [B,N,d]}
     */
    Tensor apply(String site, Tensor x);
}
