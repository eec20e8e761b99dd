package io.tickformer.model;

import io.tickformer.annotation.Internal;
import io.tickformer.spec.EnsembleArchitecture;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.NetworkArchitecture;
import io.tickformer.spec.TransformerArchitecture;

/**
 * Layout of the key-value cache of one phase of a series: for each layer the keys and the values of
 * the tokens that the next token attends to, {@code [h,W,w]} floats each. The last of the W places
 * is for the next token itself.
 *
 * @param layers number of layers of all ensemble members together
 * @param heads h
 * @param window W, number of tokens that a token attends to, itself included
 * @param headWidth w, head width, padded with zeros to the width that the kernel accepts
 */
@Internal
public record CacheLayout(int layers, int heads, int window, int headWidth) {
    /**
     * The attention kernels of ONNX Runtime accept head widths that are multiples of this number.
     */
    private static final int HEAD_WIDTH_STEP = 8;

    /**
     * The layout for a spec.
     *
     * @throws IllegalArgumentException if its network does not support incremental evaluation
     */
    public static CacheLayout of(ForecastSpec spec) {
        NetworkArchitecture network = spec.network();
        if (!network.isIncremental()) {
            throw new IllegalArgumentException(
                    ("%s cannot be evaluated token by token; expected banded attention without"
                                    + " positions counted from the start")
                            .formatted(network));
        }
        int members = 1;
        NetworkArchitecture single = network;
        if (network instanceof EnsembleArchitecture ensemble) {
            members = ensemble.members();
            single = ensemble.member();
        }
        TransformerArchitecture transformer = (TransformerArchitecture) single;
        return new CacheLayout(
                members * transformer.layers(),
                transformer.heads(),
                transformer.attentionWindow(),
                wide(transformer.headWidth()));
    }

    /** The head width of the kernel for a head width of the network. */
    static int wide(int headWidth) {
        return (headWidth + HEAD_WIDTH_STEP - 1) / HEAD_WIDTH_STEP * HEAD_WIDTH_STEP;
    }

    /** Number of floats of the keys, or of the values, of one phase and layer: h W w. */
    public int bufferSize() {
        return Math.multiplyExact(Math.multiplyExact(heads, window), headWidth);
    }

    /** Size of one phase of a series in bytes: keys and values of all layers. */
    public long phaseBytes() {
        return 2L * layers * bufferSize() * Float.BYTES;
    }
}
