package io.tickformer.model;

import io.tickformer.annotation.Internal;
import io.tickformer.graph.Tensor;

/**
 * Dropout of activations (Srivastava et al. 2014), applied after the embedding and at the end of
 * each residual branch.
 */
@FunctionalInterface
@Internal
public interface Dropout {
    /** No dropout: for export, evaluation and training without dropout. */
    Dropout NONE = (site, x) -> x;

    /**
     * Applies dropout.
     *
     * @param site readable name of the place, unique in the model
     * @param x {@code [B,N,d]}
     */
    Tensor apply(String site, Tensor x);
}
