package io.tickformer.inference;

import io.tickformer.spec.CalendarFeature;
import io.tickformer.spec.EnsembleArchitecture;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.NetworkArchitecture;
import io.tickformer.spec.Normalisation;
import io.tickformer.spec.SeasonalPath;
import io.tickformer.spec.TransformerArchitecture;
import io.tickformer.spec.TransformerArchitecture.Activation;
import io.tickformer.spec.TransformerArchitecture.Norm;
import io.tickformer.spec.TransformerArchitecture.NormPlacement;
import io.tickformer.spec.TransformerArchitecture.PositionEncoding;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random specs of small networks that can be evaluated token by token: any may come up. */
final class IncrementalSpecs {
    /** Narrower tokens make a norm's quotient a matter of rounding. */
    private static final int NARROWEST = 8;

    private IncrementalSpecs() {}

    private record Sizes(
            int patch, int window, int layers, int heads, int headWidth, int feedForward) {}

    private record Kinds(
            PositionEncoding positions,
            NormPlacement placement,
            Norm norm,
            Activation activation) {}

    private record Around(
            int horizon,
            int members,
            int seasonLength,
            int seasons,
            List<CalendarFeature> calendar,
            List<String> channels) {}

    static Arbitrary<ForecastSpec> any() {
        return Combinators.combine(sizes(), kinds(), around()).as(IncrementalSpecs::spec);
    }

    private static Arbitrary<Sizes> sizes() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(3, 4, 6, 8, 10, 12, 16),
                        Arbitraries.integers().between(1, 20))
                .as(Sizes::new);
    }

    private static Arbitrary<Kinds> kinds() {
        return Combinators.combine(
                        Arbitraries.of(PositionEncoding.NONE, PositionEncoding.ROTARY),
                        Arbitraries.of(NormPlacement.class),
                        Arbitraries.of(Norm.class),
                        Arbitraries.of(Activation.class))
                .as(Kinds::new);
    }

    private static Arbitrary<Around> around() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.of(0, 0, 1, 2, 3),
                        Arbitraries.integers().between(2, 5),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.of(CalendarFeature.class).list().uniqueElements().ofMaxSize(3),
                        Arbitraries.of(0, 0, 2, 3).map(IncrementalSpecs::channels))
                .as(Around::new);
    }

    private static List<String> channels(int count) {
        return List.of("power", "voltage", "phase.angle").subList(0, count);
    }

    private static ForecastSpec spec(Sizes sizes, Kinds kinds, Around around) {
        int heads = Math.max(sizes.heads, (NARROWEST + sizes.headWidth - 1) / sizes.headWidth);
        TransformerArchitecture transformer =
                new TransformerArchitecture(
                        sizes.patch,
                        sizes.window,
                        sizes.layers,
                        heads * sizes.headWidth,
                        heads,
                        sizes.feedForward,
                        sizes.headWidth % 2 == 0 ? kinds.positions : PositionEncoding.NONE,
                        kinds.placement,
                        kinds.norm,
                        kinds.activation);
        NetworkArchitecture network =
                around.members == 0
                        ? transformer
                        : new EnsembleArchitecture(transformer, around.members);
        int contextLength =
                TransformerArchitecture.receptiveField(sizes.patch, sizes.window, sizes.layers);
        int seasons = Math.min(around.seasons, contextLength / around.seasonLength);
        return ForecastSpec.of(60_000, contextLength, around.horizon, network)
                .withQuantileLevels(List.of(0.1, 0.5, 0.9))
                .withNormalisation(new Normalisation(16, 4))
                .withCalendarFeatures(around.calendar)
                .withChannels(around.channels)
                .withSeasonalPath(
                        seasons == 0 ? null : new SeasonalPath(around.seasonLength, seasons));
    }
}
