package io.tickformer.model;

import io.tickformer.graph.Tensor;

/**
 * What a network answers, in the frame of each token; M is N, or 1 for the last token only.
 *
 * @param quantiles {@code [B,M,H,Q]}
 * @param mean {@code [B,M,H]}
 */
public record Outputs(Tensor quantiles, Tensor mean) {
    public static final String QUANTILES = "quantiles";
    public static final String MEAN = "mean";
}
