package io.tickformer.spec;

import static io.tickformer.spec.SpecException.require;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tickformer.annotation.Public;

/**
 * A causal transformer. The presets {@code vanilla} and {@code streaming} are two choices of these
 * parameters.
 *
 * @param patchLength P, ticks in a token; tokens of one context end P ticks apart
 * @param attentionWindow W, number of tokens that a token attends to, itself included; {@link
 *     #FULL_ATTENTION} for all earlier tokens
 * @param layers L
 * @param width d; a multiple of {@code heads}
 * @param heads h; with rotary positions {@code width / heads} is even
 * @param feedForwardWidth F
 * @param positions position encoding
 * @param normPlacement placement of the normalisation in a block
 * @param norm kind of normalisation
 * @param activation activation function of the feed-forward network
 */
@Public
public record TransformerArchitecture(
        int patchLength,
        int attentionWindow,
        int layers,
        int width,
        int heads,
        int feedForwardWidth,
        PositionEncoding positions,
        NormPlacement normPlacement,
        Norm norm,
        Activation activation)
        implements NetworkArchitecture {

    /** Value of {@link #attentionWindow} for attention to every earlier token. */
    public static final int FULL_ATTENTION = 0;

    /** Position encoding. With {@code NONE} self-attention is permutation-equivariant. */
    public enum PositionEncoding {
        NONE,
        /** Added to the embedded input (Vaswani et al. 2017, section 3.5). */
        SINUSOIDAL,
        /**
         * Rotates queries and keys (Su et al. 2021, section 3.2); only differences of positions
         * matter.
         */
        ROTARY
    }

    /** Placement of the normalisation relative to the residual sum of a block. */
    public enum NormPlacement {
        /** {@code LayerNorm(z + f(z))}, as in Vaswani et al. 2017. */
        POST,
        /** {@code z + f(norm(z))}, as in Xiong et al. 2020. */
        PRE
    }

    /** Normalisation over the width of a token. */
    public enum Norm {
        LAYER,
        /** Root mean square only (Zhang and Sennrich 2019). */
        RMS
    }

    /** Activation function of the feed-forward network. */
    public enum Activation {
        RELU,
        /** The tanh form (Hendrycks and Gimpel 2016). */
        GELU
    }

    public TransformerArchitecture {
        require(patchLength >= 1, "patchLength", patchLength, "at least 1 tick");
        require(
                attentionWindow >= 0,
                "attentionWindow",
                attentionWindow,
                "at least 1 token, or 0 for full attention");
        SpecLimits.requireLayers("layers", layers);
        SpecLimits.requireWidth("width", width);
        require(heads >= 1, "heads", heads, "at least 1");
        require(width >= 1 && width % heads == 0, "width", width, "a multiple of heads = " + heads);
        SpecLimits.requireWidth("feedForwardWidth", feedForwardWidth);
        require(positions != null, "positions", null, "NONE, SINUSOIDAL or ROTARY");
        require(normPlacement != null, "normPlacement", null, "POST or PRE");
        require(norm != null, "norm", null, "LAYER or RMS");
        require(activation != null, "activation", null, "RELU or GELU");
        require(
                positions != PositionEncoding.ROTARY || width / heads % 2 == 0,
                "width",
                width,
                "an even width / heads for rotary positions");
    }

    /**
     * Number of ticks that the output at the newest token depends on with banded attention, {@code
     * P (L (W - 1) + 1)}.
     *
     * @throws SpecException if it exceeds the range of an {@code int}
     */
    public static int receptiveField(int patchLength, int attentionWindow, int layers) {
        try {
            int tokens =
                    Math.addExact(
                            Math.multiplyExact(layers, Math.subtractExact(attentionWindow, 1)), 1);
            return Math.multiplyExact(patchLength, tokens);
        } catch (ArithmeticException e) {
            throw new SpecException(
                    ("%d layers that attend to %d tokens of %d ticks see more than %d ticks; expected"
                                    + " fewer")
                            .formatted(layers, attentionWindow, patchLength, Integer.MAX_VALUE),
                    e);
        }
    }

    /** Width of one head, {@code d / h}. */
    public int headWidth() {
        return width / heads;
    }

    /** Whether every token attends to all earlier tokens. */
    public boolean attendsToAll() {
        return attentionWindow == FULL_ATTENTION;
    }

    /**
     * The network is incremental if attention is banded, so that no layer looks further back than W
     * tokens, and positions are not counted from the start of the context, so that a token is the
     * same in every context.
     */
    @Override
    @JsonIgnore
    public boolean isIncremental() {
        return !attendsToAll() && positions != PositionEncoding.SINUSOIDAL;
    }

    @Override
    public void requireContext(int contextLength) {
        NetworkArchitecture.super.requireContext(contextLength);
        require(
                attendsToAll()
                        || contextLength == receptiveField(patchLength, attentionWindow, layers),
                "contextLength",
                contextLength,
                "patchLength * (layers * (attentionWindow - 1) + 1), the receptive field");
    }
}
