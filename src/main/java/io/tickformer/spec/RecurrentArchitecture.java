package io.tickformer.spec;

import static io.tickformer.spec.SpecException.require;

/**
 * A recurrent network over tokens: long short-term memory (Hochreiter and Schmidhuber 1997, with
 * the forget gate of Gers et al. 2000).
 *
 * @param patchLength P, ticks in a token; 1 is the classical form
 * @param layers L, one upon the other
 * @param width d, elements of a hidden state
 * @param pooling what the forecast is read from
 */
public record RecurrentArchitecture(int patchLength, int layers, int width, Pooling pooling)
        implements NetworkArchitecture {

    /** What of the hidden states a forecast is read from. */
    public enum Pooling {
        /** The last one. */
        LAST,
        /**
         * A weighted combination of all so far; the last one asks (Luong et al. 2015, section 3.1,
         * the bilinear score).
         */
        ATTENTION
    }

    public RecurrentArchitecture {
        require(patchLength >= 1, "patchLength", patchLength, "at least 1 tick");
        SpecLimits.requireLayers("layers", layers);
        SpecLimits.requireWidth("width", width);
        require(pooling != null, "pooling", null, "LAST or ATTENTION");
    }
}
