package io.tickformer.model;

import io.tickformer.annotation.Internal;
import io.tickformer.graph.Tensor;

/**
 * The outputs of a network, in the frame of each token. M is N, or 1 for the last token only. The
 * steps of C channels follow channel by channel.
 *
 * @param quantiles {@code [B,M,C H,Q]}
 * @param mean {@code [B,M,C H]}
 */
@Internal
public record NetworkOutputs(Tensor quantiles, Tensor mean) {
    public static final String QUANTILES = "quantiles";
    public static final String MEAN = "mean";
}
