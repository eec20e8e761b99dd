package io.tickformer.spec;

import static io.tickformer.spec.SpecException.require;

import io.tickformer.annotation.Public;

/**
 * A recurrent network over tokens: long short-term memory (Hochreiter and Schmidhuber 1997, with
 * the forget gate of Gers et al. 2000).
 *
 * @param patchLength P, ticks in a token; 1 is the classical form
 * @param layers L, number of stacked layers
 * @param width d, size of a hidden state
 * @param pooling which hidden states the forecast is computed from
 */
@Public
public record RecurrentArchitecture(int patchLength, int layers, int width, Pooling pooling)
        implements NetworkArchitecture {

    /** Which hidden states the forecast is computed from. */
    public enum Pooling {
        /** The last hidden state. */
        LAST,
        /**
         * An attention-weighted sum of all hidden states so far; the last one is the query (Luong
         * et al. 2015, section 3.1, the bilinear score).
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
