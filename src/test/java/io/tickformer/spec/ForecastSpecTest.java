package io.tickformer.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickMeaning;
import io.tickformer.spec.LinearArchitecture.Variant;
import io.tickformer.spec.RecurrentArchitecture.Pooling;
import io.tickformer.spec.TransformerArchitecture.Activation;
import io.tickformer.spec.TransformerArchitecture.Norm;
import io.tickformer.spec.TransformerArchitecture.NormPlacement;
import io.tickformer.spec.TransformerArchitecture.PositionEncoding;
import io.tickformer.testing.TestSpecs;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class ForecastSpecTest {
    private static final ForecastSpec STREAMING =
            TestSpecs.streaming(60_000, 8, 12, 96, 3, 64, 4, 256);
    private static final ForecastSpec VANILLA = TestSpecs.vanilla(60_000, 96, 24, 2, 32, 4, 64);

    private static ForecastSpec foreign(
            long tickMillis, int contextLength, int horizon, List<Double> levels) {
        return ForecastSpec.builder()
                .tickMillis(tickMillis)
                .contextLength(contextLength)
                .horizon(horizon)
                .quantileLevels(levels)
                .architecture(
                        new ForeignArchitecture(
                                new ForeignArchitecture.ForeignTensor("x", "BT"),
                                null,
                                null,
                                new ForeignArchitecture.ForeignTensor("y", "BH"),
                                false))
                .build();
    }

    @Test
    void theStreamingContextIsTheReceptiveField() {
        assertThat(STREAMING.contextLength()).isEqualTo(8 * (3 * 11 + 1));
        assertThat(STREAMING.tokens()).isEqualTo(34);
        assertThat(STREAMING.tokenFeatures()).isEqualTo(2);
    }

    @Test
    void theVanillaContextHasOneTokenATick() {
        assertThat(VANILLA.tokens()).isEqualTo(96);
        assertThat(VANILLA.transformer().attendsToAll()).isTrue();
    }

    /** What the presets are made of, as the tests of the model take it from the spec. */
    @Test
    void thePresetsAreWhatTheirNamesSay() {
        TransformerArchitecture vanilla = VANILLA.transformer();
        assertThat(vanilla.patchLength()).isEqualTo(1);
        assertThat(vanilla.positions()).isEqualTo(PositionEncoding.SINUSOIDAL);
        assertThat(vanilla.normPlacement()).isEqualTo(NormPlacement.POST);
        assertThat(vanilla.norm()).isEqualTo(Norm.LAYER);
        assertThat(vanilla.activation()).isEqualTo(Activation.RELU);

        TransformerArchitecture streaming = STREAMING.transformer();
        assertThat(streaming.attendsToAll()).isFalse();
        assertThat(streaming.positions()).isEqualTo(PositionEncoding.ROTARY);
        assertThat(streaming.normPlacement()).isEqualTo(NormPlacement.PRE);
        assertThat(streaming.norm()).isEqualTo(Norm.RMS);
        assertThat(streaming.activation()).isEqualTo(Activation.GELU);
    }

    @Test
    void everyCalendarFeatureIsASineAndACosine() {
        assertThat(
                        STREAMING
                                .withCalendarFeatures(
                                        List.of(
                                                CalendarFeature.HOUR_OF_DAY,
                                                CalendarFeature.DAY_OF_WEEK))
                                .tokenFeatures())
                .isEqualTo(6);
    }

    @Test
    void aNetworkReachesAsFarAsItIsBuiltTo() {
        ConvolutionArchitecture convolution =
                new ConvolutionArchitecture(4, 3, List.of(1, 2, 4), 8);
        assertThat(convolution.reach(200)).isEqualTo(4 * (1 + 2 * 7));
        assertThat(convolution.reach(40)).isEqualTo(40);
        assertThat(new RecurrentArchitecture(4, 1, 8, Pooling.LAST).reach(200)).isEqualTo(200);
    }

    @Test
    void contradictionsAreNamed() {
        List<Double> levels = List.of(0.5);
        assertRefused(() -> foreign(0, 8, 4, levels), "tickMillis is 0");
        assertRefused(() -> foreign(1, 0, 4, levels), "contextLength is 0");
        assertRefused(() -> foreign(1, 8, 0, levels), "horizon is 0");
        assertRefused(() -> foreign(1, 8, 4, List.of()), "at least one level");
        assertRefused(() -> foreign(1, 8, 4, List.of(0.5, 0.5)), "strictly ascending");
        assertRefused(() -> foreign(1, 8, 4, List.of(0.5, 1.0)), "strictly ascending");
        assertRefused(
                () ->
                        ForecastSpec.builder()
                                .formatVersion(2)
                                .tickMillis(1)
                                .contextLength(8)
                                .horizon(4)
                                .quantileLevels(levels)
                                .architecture(VANILLA.architecture())
                                .build(),
                "formatVersion is 2; expected version 1");
        assertRefused(
                () ->
                        ForecastSpec.builder()
                                .tickMillis(1)
                                .contextLength(264)
                                .horizon(4)
                                .quantileLevels(levels)
                                .architecture(STREAMING.architecture())
                                .build(),
                "the receptive field");
        assertRefused(() -> TestSpecs.vanilla(1, 8, 4, 1, 10, 4, 8), "a multiple of heads = 4");
        assertRefused(
                () -> ForecastSpec.of(1, 9, 4, new RecurrentArchitecture(2, 1, 4, Pooling.LAST)),
                "contextLength is 9; expected a multiple of patchLength = 2");
        assertRefused(
                () -> ForecastSpec.of(1, 9, 4, LinearArchitecture.of(Variant.LINEAR, 8)),
                "contextLength is 9; expected patchLength = 8, as the context is one token");
        assertRefused(
                () -> new LinearArchitecture(Variant.DLINEAR, 8, 4),
                "movingAverage is 4; expected an odd number of ticks");
        assertRefused(
                () -> new LinearArchitecture(Variant.LINEAR, 8, 5),
                "movingAverage is 5; expected 0, as LINEAR has no trend");
        assertRefused(
                () -> new ConvolutionArchitecture(1, 3, List.of(1, 0), 4),
                "dilations is [1, 0]; expected at least 1 token each");
        assertRefused(
                () -> new ConvolutionArchitecture(1, 3, List.of(2_000_000_000), 4),
                "is longer than 2147483647 ticks");
        assertRefused(() -> TestSpecs.streaming(1, 2, 3, 4, 1, 6, 2, 8), "an even width / heads");
        assertRefused(() -> new Normalisation(0, 4), "halfLifeTicks is 0.0");
        assertRefused(() -> new Normalisation(1, 0), "blockTicks is 0");
        assertRefused(() -> foreign(1, 8, 4, levels).network(), "architecture is foreign");
    }

    private static void assertRefused(ThrowingCallable making, String words) {
        assertThatThrownBy(making).isInstanceOf(SpecException.class).hasMessageContaining(words);
    }

    @Test
    void aJobAsksForTheTicksOfTheModelOrForNone() {
        ForecastSpec counts = STREAMING.withTickMeaning(TickMeaning.of(TickAggregate.COUNT));
        assertThat(counts.withRequestedTicks(null, null)).isEqualTo(counts);
        assertThat(counts.withRequestedTicks(TickAggregate.COUNT, null)).isEqualTo(counts);
        assertThat(counts.withRequestedTicks(null, EmptyTickPolicy.ZERO)).isEqualTo(counts);
        assertThatThrownBy(() -> counts.withRequestedTicks(TickAggregate.MEAN, null))
                .isInstanceOf(SpecException.class)
                .hasMessage(
                        "the tick asked for is mean, empty ticks missing; expected count, empty"
                                + " ticks zero, which the model was trained on");
        assertThatThrownBy(() -> counts.withRequestedTicks(null, EmptyTickPolicy.MISSING))
                .hasMessageContaining("is count, empty ticks missing; expected count, empty");
    }

    @Test
    void aModelOfAnyTicksTakesThoseThatAJobAsksFor() {
        ForecastSpec any = STREAMING.withTickFit(AcceptedTickMeanings.ANY);
        assertThat(any.withRequestedTicks(null, null)).isEqualTo(any);
        assertThat(any.withRequestedTicks(TickAggregate.SUM, null).emptyTick())
                .isEqualTo(EmptyTickPolicy.ZERO);
        assertThat(any.withRequestedTicks(TickAggregate.SUM, EmptyTickPolicy.MISSING).tickMeaning())
                .isEqualTo(new TickMeaning(TickAggregate.SUM, EmptyTickPolicy.MISSING));
        assertThat(any.withRequestedTicks(null, EmptyTickPolicy.LAST).tickMeaning())
                .isEqualTo(new TickMeaning(TickAggregate.MEAN, EmptyTickPolicy.LAST));
    }

    @Test
    void everyOtherSpecOfAModelKeepsTheMeaningOfItsTicks() {
        TickMeaning sums = TickMeaning.of(TickAggregate.SUM);
        ForecastSpec spec = STREAMING.withTickMeaning(sums).withTickFit(AcceptedTickMeanings.ANY);
        for (ForecastSpec other :
                List.of(
                        spec.withTickMillis(1_000),
                        spec.toBuilder().tickMillis(1_000).horizon(4).build(),
                        spec.withQuantileLevels(List.of(0.5)),
                        spec.withChannels(List.of("a", "b")),
                        spec.withNetwork(STREAMING.network()),
                        spec.withCalendarFeatures(List.of(CalendarFeature.HOUR_OF_DAY)))) {
            assertThat(other.tickMeaning()).isEqualTo(sums);
            assertThat(other.tickFit()).isEqualTo(AcceptedTickMeanings.ANY);
        }
    }
}
