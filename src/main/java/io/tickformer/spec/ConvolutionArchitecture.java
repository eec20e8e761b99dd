package io.tickformer.spec;

import static io.tickformer.spec.SpecException.require;

import io.tickformer.annotation.Public;
import java.util.List;
import java.util.Objects;

/**
 * A causal convolutional network over tokens with one dilated convolution in each layer (van den
 * Oord et al. 2016, "WaveNet", section 2.1; Bai et al. 2018), each in a residual branch.
 *
 * @param patchLength P, ticks in a token; 1 is the classical form
 * @param kernelSize K, number of tokens that a convolution reads
 * @param dilations for each layer the distance of those tokens, in tokens
 * @param width d, number of hidden channels
 */
@Public
public record ConvolutionArchitecture(
        int patchLength, int kernelSize, List<Integer> dilations, int width)
        implements NetworkArchitecture {

    public ConvolutionArchitecture {
        require(patchLength >= 1, "patchLength", patchLength, "at least 1 tick");
        SpecLimits.requireWidth("kernelSize", kernelSize);
        require(
                dilations != null && dilations.stream().noneMatch(Objects::isNull),
                "dilations",
                dilations,
                "one for each layer");
        SpecLimits.requireLayers("number of dilations", dilations.size());
        dilations = List.copyOf(dilations);
        require(
                dilations.stream().allMatch(dilation -> dilation >= 1),
                "dilations",
                dilations,
                "at least 1 token each");
        SpecLimits.requireWidth("width", width);
        receptiveField(patchLength, kernelSize, dilations);
    }

    /**
     * Number of ticks that the output at the newest token depends on, {@code P (1 + (K - 1) (sum of
     * dilations))}.
     *
     * @throws SpecException if it exceeds the range of an {@code int}
     */
    public static int receptiveField(int patchLength, int kernelSize, List<Integer> dilations) {
        try {
            int tokens = 1;
            for (int dilation : dilations) {
                tokens = Math.addExact(tokens, Math.multiplyExact(kernelSize - 1, dilation));
            }
            return Math.multiplyExact(patchLength, tokens);
        } catch (ArithmeticException e) {
            throw new SpecException(
                    ("the receptive field of kernels of %d tokens of %d ticks with dilations %s"
                                    + " is longer than %d ticks; expected smaller kernels, patches or"
                                    + " dilations")
                            .formatted(kernelSize, patchLength, dilations, Integer.MAX_VALUE),
                    e);
        }
    }

    /** L, number of layers. */
    public int layers() {
        return dilations.size();
    }

    @Override
    public int reach(int contextLength) {
        return Math.min(contextLength, receptiveField(patchLength, kernelSize, dilations));
    }
}
