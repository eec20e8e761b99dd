package io.tickformer.model;

import io.tickformer.spec.ConvolutionArchitecture;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.LinearArchitecture;
import io.tickformer.spec.LinearArchitecture.Variant;
import io.tickformer.spec.NetworkArchitecture;
import io.tickformer.spec.RecurrentArchitecture;
import io.tickformer.spec.RecurrentArchitecture.Pooling;
import io.tickformer.spec.TransformerArchitecture;
import io.tickformer.spec.TransformerArchitecture.Activation;
import io.tickformer.spec.TransformerArchitecture.Norm;
import io.tickformer.spec.TransformerArchitecture.NormPlacement;
import io.tickformer.spec.TransformerArchitecture.PositionEncoding;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random specs of small networks: every point of each family may come up. */
final class Specs {
    private Specs() {}

    private record Sizes(int patch, int window, int layers, int heads, int headWidth, int tokens) {}

    private record Kinds(
            PositionEncoding positions,
            NormPlacement placement,
            Norm norm,
            Activation activation) {}

    static Arbitrary<ForecastSpec> any() {
        return Combinators.combine(sizes(0), kinds()).as(Specs::spec);
    }

    static Arbitrary<ForecastSpec> banded() {
        return Combinators.combine(sizes(1), kinds()).as(Specs::spec);
    }

    private static Arbitrary<Sizes> sizes(int narrowestWindow) {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(narrowestWindow, 4),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(1, 3),
                        // Narrower tokens make a norm's quotient a matter of rounding.
                        Arbitraries.integers().between(4, 6).map(half -> 2 * half),
                        Arbitraries.integers().between(1, 9))
                .as(Sizes::new);
    }

    private static Arbitrary<Kinds> kinds() {
        return Combinators.combine(
                        Arbitraries.of(PositionEncoding.class),
                        Arbitraries.of(NormPlacement.class),
                        Arbitraries.of(Norm.class),
                        Arbitraries.of(Activation.class))
                .as(Kinds::new);
    }

    private static ForecastSpec spec(Sizes sizes, Kinds kinds) {
        TransformerArchitecture architecture =
                new TransformerArchitecture(
                        sizes.patch,
                        sizes.window,
                        sizes.layers,
                        sizes.heads * sizes.headWidth,
                        sizes.heads,
                        5,
                        kinds.positions,
                        kinds.placement,
                        kinds.norm,
                        kinds.activation);
        int contextLength =
                architecture.attendsToAll()
                        ? sizes.patch * sizes.tokens
                        : TransformerArchitecture.receptiveField(
                                sizes.patch, sizes.window, sizes.layers);
        return withArchitecture(architecture, contextLength);
    }

    /** Any network, transformers included. */
    static Arbitrary<ForecastSpec> anyNetwork() {
        return Combinators.combine(
                        Arbitraries.oneOf(any(), convolutions(), recurrent(), linear()), channels())
                .as(ForecastSpec::withChannels);
    }

    private static Arbitrary<List<String>> channels() {
        return Arbitraries.of(List.of(), List.of("a", "b"), List.of("a", "b", "c"));
    }

    static Arbitrary<ForecastSpec> convolutions() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(1, 4).list().ofMinSize(1).ofMaxSize(3),
                        Arbitraries.integers().between(0, 4))
                .as(
                        (patch, kernel, dilations, beyond) ->
                                withArchitecture(
                                        new ConvolutionArchitecture(patch, kernel, dilations, 8),
                                        ConvolutionArchitecture.receptiveField(
                                                        patch, kernel, dilations)
                                                + patch * beyond));
    }

    static Arbitrary<ForecastSpec> recurrent() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(1, 9),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.of(Pooling.class))
                .as(
                        (patch, tokens, layers, pooling) ->
                                withArchitecture(
                                        new RecurrentArchitecture(patch, layers, 6, pooling),
                                        patch * tokens));
    }

    static Arbitrary<ForecastSpec> linear() {
        return Combinators.combine(
                        Arbitraries.of(Variant.class), Arbitraries.integers().between(1, 40))
                .as(
                        (variant, ticks) ->
                                withArchitecture(LinearArchitecture.of(variant, ticks), ticks));
    }

    static ForecastSpec withArchitecture(NetworkArchitecture architecture, int contextLength) {
        return ForecastSpec.builder()
                .tickMillis(60_000)
                .contextLength(contextLength)
                .horizon(2)
                .quantileLevels(List.of(0.1, 0.5, 0.9))
                .architecture(architecture)
                .build();
    }
}
