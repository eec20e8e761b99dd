package io.tickformer.model;

import io.tickformer.annotation.Internal;
import io.tickformer.spec.ConvolutionArchitecture;
import io.tickformer.spec.EnsembleArchitecture;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.LinearArchitecture;
import io.tickformer.spec.NetworkArchitecture;
import io.tickformer.spec.RecurrentArchitecture;
import io.tickformer.spec.TransformerArchitecture;

/** Creates the network of a spec. */
@Internal
public final class Networks {
    private Networks() {}

    /**
     * Creates the network of a spec.
     *
     * @throws io.tickformer.spec.SpecException if the architecture of the spec is foreign, or the
     *     network has more parameters than one tensor can hold
     */
    public static Network of(ForecastSpec spec) {
        Network network = architecture(spec);
        // Each member of an ensemble has its own seasonal path.
        boolean isSingle = !(network instanceof EnsembleNetwork);
        return isSingle && spec.seasonalPath() != null ? new SeasonalNetwork(network) : network;
    }

    private static Network architecture(ForecastSpec spec) {
        NetworkArchitecture architecture = spec.network();
        if (architecture instanceof TransformerArchitecture) {
            return new Transformer(spec);
        }
        if (architecture instanceof ConvolutionArchitecture convolution) {
            return new ConvolutionNetwork(spec, convolution);
        }
        if (architecture instanceof RecurrentArchitecture recurrent) {
            return new RecurrentNetwork(spec, recurrent);
        }
        if (architecture instanceof LinearArchitecture linear) {
            return new LinearNetwork(spec, linear);
        }
        if (architecture instanceof EnsembleArchitecture ensemble) {
            return new EnsembleNetwork(spec, ensemble);
        }
        throw new IllegalStateException("no network is known for " + architecture);
    }
}
