package io.tickformer.cli.train;

import io.tickformer.console.UserError;
import io.tickformer.spec.ConvolutionArchitecture;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.LinearArchitecture;
import io.tickformer.spec.NetworkArchitecture;
import io.tickformer.spec.RecurrentArchitecture;
import io.tickformer.spec.RecurrentArchitecture.Pooling;
import io.tickformer.training.StreamingContextSize;
import java.util.ArrayList;
import java.util.List;

/**
 * Requested sizes of a network. Null means the default of the preset. Sizes that a preset does not
 * have are ignored.
 *
 * @param patch P, ticks in a token
 * @param attentionWindow W, tokens
 * @param context T, ticks
 * @param kernel K, tokens that a convolution reads
 * @param layers L
 * @param width d
 * @param heads h
 */
record NetworkSizes(
        Integer patch,
        Integer attentionWindow,
        Integer context,
        Integer kernel,
        Integer layers,
        Integer width,
        Integer heads) {
    /** With one token per tick, the work grows with the square of the context. */
    private static final int VANILLA_CONTEXT = 168;

    /**
     * Eight ticks per token: a training step then takes tens of milliseconds on two cores. One tick
     * per token would take eight times as long.
     */
    private static final int CONVOLUTION_PATCH = 8;

    /**
     * An unrolled LSTM computes tokens one after the other in small products, so use few tokens.
     */
    private static final int RECURRENT_PATCH = 16;

    private static final int WIDTH = 32;
    private static final int RECURRENT_WIDTH = 64;
    private static final int HEADS = 4;
    private static final int KERNEL = 3;
    private static final int MOST_LAYERS = 30;
    private static final int FEED_FORWARD_FACTOR = 4;

    /**
     * The spec of a preset with these sizes. By default the context of every network that has a
     * choice is that of the streaming preset.
     *
     * @param suited default sizes of the streaming preset
     * @throws UserError if a given size follows from others in this preset
     */
    ForecastSpec spec(Preset preset, long tickMillis, int horizon, StreamingContextSize suited) {
        return switch (preset) {
            case STREAMING -> streaming(tickMillis, horizon, suited);
            case VANILLA ->
                    ForecastSpec.vanilla()
                            .tickMillis(tickMillis)
                            .contextLength(or(context, VANILLA_CONTEXT))
                            .horizon(horizon)
                            .layers(or(layers, suited.layers()))
                            .width(widthOfToken())
                            .heads(or(heads, HEADS))
                            .feedForwardWidth(FEED_FORWARD_FACTOR * widthOfToken())
                            .build();
            case CNN -> convolution(tickMillis, horizon, suited);
            case LSTM -> recurrent(Pooling.LAST, tickMillis, horizon, suited);
            case LSTM_ATTENTION -> recurrent(Pooling.ATTENTION, tickMillis, horizon, suited);
            case LINEAR -> linear(LinearArchitecture.Variant.LINEAR, tickMillis, horizon, suited);
            case NLINEAR -> linear(LinearArchitecture.Variant.NLINEAR, tickMillis, horizon, suited);
            case DLINEAR -> linear(LinearArchitecture.Variant.DLINEAR, tickMillis, horizon, suited);
        };
    }

    private ForecastSpec streaming(long tickMillis, int horizon, StreamingContextSize suited) {
        if (context != null) {
            throw new UserError(
                    "--context does not apply to the preset streaming, whose context is patch *"
                            + " (layers * (window - 1) + 1) ticks; give --patch, --attention-window or"
                            + " --layers");
        }
        return ForecastSpec.streaming()
                .tickMillis(tickMillis)
                .patchLength(or(patch, suited.patchLength()))
                .attentionWindow(or(attentionWindow, suited.attentionWindow()))
                .horizon(horizon)
                .layers(or(layers, suited.layers()))
                .width(widthOfToken())
                .heads(or(heads, HEADS))
                .feedForwardWidth(FEED_FORWARD_FACTOR * widthOfToken())
                .build();
    }

    private ForecastSpec convolution(long tickMillis, int horizon, StreamingContextSize suited) {
        int ticks = or(patch, CONVOLUTION_PATCH);
        int taps = or(kernel, KERNEL);
        int length = context(suited, ticks);
        NetworkArchitecture network =
                new ConvolutionArchitecture(
                        ticks, taps, dilations(taps, length / Math.max(1, ticks)), widthOfToken());
        return ForecastSpec.of(tickMillis, length, horizon, network);
    }

    /** Dilations that double from layer to layer, for the given layers or as many as fit. */
    private List<Integer> dilations(int taps, int tokens) {
        if (layers != null && layers > MOST_LAYERS) {
            throw new UserError(
                    ("layers is %d; expected at most %d, because the dilation doubles from layer to"
                                    + " layer")
                            .formatted(layers, MOST_LAYERS));
        }
        List<Integer> dilations = new ArrayList<>(List.of(1));
        long reach = taps;
        while (layers == null
                ? taps > 1 && reach + ((taps - 1L) << dilations.size()) <= tokens
                : dilations.size() < layers) {
            reach += (taps - 1L) << dilations.size();
            dilations.add(1 << dilations.size());
        }
        return dilations;
    }

    private ForecastSpec recurrent(
            Pooling pooling, long tickMillis, int horizon, StreamingContextSize suited) {
        int ticks = or(patch, RECURRENT_PATCH);
        return ForecastSpec.of(
                tickMillis,
                context(suited, ticks),
                horizon,
                new RecurrentArchitecture(
                        ticks, or(layers, 1), or(width, RECURRENT_WIDTH), pooling));
    }

    private ForecastSpec linear(
            LinearArchitecture.Variant variant,
            long tickMillis,
            int horizon,
            StreamingContextSize suited) {
        int length = context(suited, 1);
        return ForecastSpec.of(tickMillis, length, horizon, LinearArchitecture.of(variant, length));
    }

    /** The context wished for, else that of the streaming preset in whole patches. */
    private int context(StreamingContextSize suited, int ticks) {
        int length = suited.contextLength();
        return context != null || ticks < 1
                ? or(context, length)
                : Math.max(ticks, length - length % ticks);
    }

    private int widthOfToken() {
        return or(width, WIDTH);
    }

    private static int or(Integer wished, int standard) {
        return wished == null ? standard : wished;
    }
}
