package io.tickformer.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tickformer.annotation.Public;

/**
 * A network that Tickformer builds and trains itself. It reads a context as N tokens of P ticks.
 */
@Public
public sealed interface NetworkArchitecture extends Architecture
        permits TransformerArchitecture,
                ConvolutionArchitecture,
                RecurrentArchitecture,
                LinearArchitecture,
                EnsembleArchitecture {

    /** P, ticks in a token. The tokens of one context end P ticks apart. */
    int patchLength();

    /**
     * Number of most recent ticks whose normalised values a forecast can depend on; at most the
     * context length. The frames themselves depend on older values, too.
     *
     * @param contextLength T, which {@link #requireContext} accepts
     */
    default int reach(int contextLength) {
        return contextLength;
    }

    /**
     * Whether the network supports incremental evaluation: the forecast can be computed from the
     * newest token and cached keys and values of earlier tokens, with the same result as from the
     * whole context.
     */
    @JsonIgnore
    default boolean isIncremental() {
        return false;
    }

    /**
     * Checks the length of a context.
     *
     * @throws SpecException if the network cannot read a context of this length
     */
    default void requireContext(int contextLength) {
        SpecException.require(
                contextLength % patchLength() == 0,
                "contextLength",
                contextLength,
                "a multiple of patchLength = " + patchLength());
    }
}
