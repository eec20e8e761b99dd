package io.tickformer.spec;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tickformer.annotation.Public;
import io.tickformer.spec.TransformerArchitecture.Activation;
import io.tickformer.spec.TransformerArchitecture.Norm;
import io.tickformer.spec.TransformerArchitecture.NormPlacement;
import io.tickformer.spec.TransformerArchitecture.PositionEncoding;

/**
 * Builds the spec of a transformer, size by size; {@link ForecastSpec#streaming()} and {@link
 * ForecastSpec#vanilla()} start one. Quantile levels and normalisation are the defaults. The
 * streaming transformer needs a patch length and an attention window, from which its context length
 * follows; the vanilla transformer needs a context length. Both need the other sizes.
 */
@Public
public final class TransformerSpecBuilder {
    private final boolean isStreaming;
    private long tickMillis;
    private int contextLength;
    private int patchLength = 1;
    private int attentionWindow = TransformerArchitecture.FULL_ATTENTION;
    private int horizon;
    private int layers;
    private int width;
    private int heads;
    private int feedForwardWidth;

    TransformerSpecBuilder(boolean isStreaming) {
        this.isStreaming = isStreaming;
    }

    /** Length of a tick in milliseconds. */
    @CanIgnoreReturnValue
    public TransformerSpecBuilder tickMillis(long value) {
        tickMillis = value;
        return this;
    }

    /** T, in ticks, of the vanilla transformer. */
    @CanIgnoreReturnValue
    public TransformerSpecBuilder contextLength(int value) {
        contextLength = value;
        return this;
    }

    /** P, in ticks, of the streaming transformer. */
    @CanIgnoreReturnValue
    public TransformerSpecBuilder patchLength(int value) {
        patchLength = value;
        return this;
    }

    /** W, in tokens, of the streaming transformer. */
    @CanIgnoreReturnValue
    public TransformerSpecBuilder attentionWindow(int value) {
        attentionWindow = value;
        return this;
    }

    /** H, in ticks. */
    @CanIgnoreReturnValue
    public TransformerSpecBuilder horizon(int value) {
        horizon = value;
        return this;
    }

    /** L. */
    @CanIgnoreReturnValue
    public TransformerSpecBuilder layers(int value) {
        layers = value;
        return this;
    }

    /** d, the width of a token. */
    @CanIgnoreReturnValue
    public TransformerSpecBuilder width(int value) {
        width = value;
        return this;
    }

    /** Number of attention heads; divides the width. */
    @CanIgnoreReturnValue
    public TransformerSpecBuilder heads(int value) {
        heads = value;
        return this;
    }

    /** F, the width of the feed-forward layers. */
    @CanIgnoreReturnValue
    public TransformerSpecBuilder feedForwardWidth(int value) {
        feedForwardWidth = value;
        return this;
    }

    /**
     * The spec.
     *
     * @throws SpecException if a size is missing or does not fit the others
     */
    public ForecastSpec build() {
        if (isStreaming && contextLength != 0) {
            throw new SpecException(
                    "contextLength is %d; expected none: it follows from patchLength,"
                                    .formatted(contextLength)
                            + " attentionWindow and layers");
        }
        return ForecastSpec.of(tickMillis, ticks(), horizon, architecture());
    }

    private int ticks() {
        return isStreaming
                ? TransformerArchitecture.receptiveField(patchLength, attentionWindow, layers)
                : contextLength;
    }

    private TransformerArchitecture architecture() {
        return new TransformerArchitecture(
                patchLength,
                attentionWindow,
                layers,
                width,
                heads,
                feedForwardWidth,
                isStreaming ? PositionEncoding.ROTARY : PositionEncoding.SINUSOIDAL,
                isStreaming ? NormPlacement.PRE : NormPlacement.POST,
                isStreaming ? Norm.RMS : Norm.LAYER,
                isStreaming ? Activation.GELU : Activation.RELU);
    }
}
