package io.tickformer.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A network of ours: it reads a context as N tokens of P ticks, is trained here, and is exported
 * with the weights that training found.
 */
public sealed interface NetworkArchitecture extends Architecture
        permits TransformerArchitecture,
                ConvolutionArchitecture,
                RecurrentArchitecture,
                LinearArchitecture,
                EnsembleArchitecture {

    /** P, ticks in a token; tokens of one forecast end P ticks apart. */
    int patchLength();

    /**
     * Ticks, the newest first, that a forecast can depend on; at most the context. It is about the
     * values in their frames: the frames themselves remember all of the series, fading.
     *
     * @param contextLength T, one that {@link #requireContext} accepts
     */
    default int reach(int contextLength) {
        return contextLength;
    }

    /**
     * Whether a forecast can be had from the newest token and what is kept of those before it,
     * equal to that of the whole context.
     */
    @JsonIgnore
    default boolean isIncremental() {
        return false;
    }

    /**
     * Checks the length of a context.
     *
     * @throws SpecException if the network cannot read a context of so many ticks
     */
    default void requireContext(int contextLength) {
        SpecException.require(
                contextLength % patchLength() == 0,
                "contextLength",
                contextLength,
                "a multiple of patchLength = " + patchLength());
    }
}
