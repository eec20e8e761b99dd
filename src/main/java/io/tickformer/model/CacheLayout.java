package io.tickformer.model;

import io.tickformer.spec.EnsembleArchitecture;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.NetworkArchitecture;
import io.tickformer.spec.TransformerArchitecture;

/**
 * What is kept of a series between two tokens of a phase: for each layer the keys and the values of
 * the tokens that the next one attends to, {@code [h,W,w]} floats each, the last of the W places
 * being that of the next token itself.
 *
 * @param layers layers of all members together
 * @param heads h
 * @param window W, tokens that one attends to, itself included
 * @param headWidth w, the width of a head; a little wider than the network's own where the kernel
 *     asks for it, the rest being zeros
 */
public record CacheLayout(int layers, int heads, int window, int headWidth) {
    /** ONNX Runtime's attention kernels take heads of such widths. */
    private static final int HEAD_WIDTH_STEP = 8;

    /**
     * The layout for a spec.
     *
     * @throws IllegalArgumentException if its network cannot be evaluated token by token
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

    /** The least width that the kernel takes for heads of a given one. */
    static int wide(int headWidth) {
        return (headWidth + HEAD_WIDTH_STEP - 1) / HEAD_WIDTH_STEP * HEAD_WIDTH_STEP;
    }

    /** Floats in a buffer, which holds the keys or the values of one phase and layer: h W w. */
    public int bufferSize() {
        return Math.multiplyExact(Math.multiplyExact(heads, window), headWidth);
    }

    /** Bytes of one phase of a series: keys and values of all layers. */
    public long phaseBytes() {
        return 2L * layers * bufferSize() * Float.BYTES;
    }
}
