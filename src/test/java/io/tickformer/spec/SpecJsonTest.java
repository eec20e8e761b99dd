package io.tickformer.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickMeaning;
import io.tickformer.spec.ForeignArchitecture.ForeignTensor;
import io.tickformer.spec.LinearArchitecture.Variant;
import io.tickformer.spec.RecurrentArchitecture.Pooling;
import io.tickformer.testing.TestSpecs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SpecJsonTest {
    private static final ForecastSpec STREAMING =
            TestSpecs.streaming(60_000, 8, 12, 96, 3, 64, 4, 256)
                    .withCalendarFeatures(List.of(CalendarFeature.HOUR_OF_DAY));

    private static final ForecastSpec CONVOLUTION =
            ForecastSpec.of(60_000, 40, 4, new ConvolutionArchitecture(4, 3, List.of(1, 2), 16));

    /** As a user writes it beside a model made elsewhere. */
    private static final String FOREIGN =
            """
            {
              "formatVersion": 1,
              "tickMillis": 3600000,
              "contextLength": 512,
              "horizon": 24,
              "quantileLevels": [0.1, 0.5, 0.9],
              "normalisation":
                {"halfLifeTicks": 256, "blockTicks": 256},
              "architecture": {
                "kind": "foreign",
                "values": {"name": "past_values", "layout": "BT1"},
                "observed": {"name": "past_observed_mask", "layout": "BT1"},
                "quantiles": {"name": "quantiles", "layout": "BHQ"},
                "normalised": false
              }
            }
            """;

    @Test
    void aSpecOfSingleSeriesIsWrittenWithoutAWordOfChannels() {
        assertThat(SpecJson.write(STREAMING)).doesNotContain("channels");
        ForecastSpec mixing = STREAMING.withChannels(List.of("power", "voltage"));
        assertThat(SpecJson.write(mixing)).endsWith(",\"channels\":[\"power\",\"voltage\"]}");
    }

    @Test
    void aSpecComesBackAsItWas() {
        for (ForecastSpec spec :
                List.of(
                        STREAMING,
                        TestSpecs.vanilla(1_000, 32, 8, 1, 16, 2, 32),
                        CONVOLUTION,
                        STREAMING.withChannels(List.of("power", "voltage")),
                        ForecastSpec.of(
                                60_000,
                                24,
                                4,
                                new RecurrentArchitecture(4, 2, 16, Pooling.ATTENTION)),
                        ForecastSpec.of(
                                60_000, 48, 4, LinearArchitecture.of(Variant.DLINEAR, 48)))) {
            assertThat(SpecJson.read(SpecJson.write(spec))).isEqualTo(spec);
        }
    }

    @Test
    void aSpecOfUsualTicksIsWrittenWithoutAWordOfThem() {
        assertThat(SpecJson.write(STREAMING)).doesNotContain("tickMeaning").doesNotContain("Fit");
        ForecastSpec counting =
                STREAMING
                        .withTickMeaning(TickMeaning.of(TickAggregate.COUNT))
                        .withTickFit(AcceptedTickMeanings.ANY);
        assertThat(SpecJson.write(counting))
                .endsWith(
                        ",\"tickMeaning\":{\"aggregate\":\"COUNT\",\"empty\":\"ZERO\"},"
                                + "\"tickFit\":\"ANY\"}");
        assertThat(SpecJson.read(SpecJson.write(counting))).isEqualTo(counting);
    }

    @Test
    void aSpecWrittenByHandNamesTheAggregateAlone() {
        ForecastSpec sums = SpecJson.read(withTicks("{\"aggregate\": \"SUM\"}"));
        assertThat(sums.aggregate()).isEqualTo(TickAggregate.SUM);
        assertThat(sums.emptyTick()).isEqualTo(EmptyTickPolicy.ZERO);
        assertThat(SpecJson.read(FOREIGN).tickMeaning())
                .isEqualTo(new TickMeaning(TickAggregate.MEAN, EmptyTickPolicy.MISSING));
        assertRefused(withTicks("{\"aggregate\": \"MEDIAN\"}"), "at tickMeaning.aggregate");
        assertRefused(withTicks("{\"aggregate\": 1}"), "at tickMeaning.aggregate");
        assertRefused(withTicks("{\"empty\": \"ZERO\"}"), "tickMeaning");
        assertRefused(
                withTicks("{\"aggregate\": \"SUM\", \"empty\": \"ONE\"}"), "at tickMeaning.empty");
        assertRefused(withTicks("\"sum\""), "at tickMeaning");
    }

    private static String withTicks(String meaning) {
        return FOREIGN.replace(
                "\"horizon\": 24,", "\"horizon\": 24, \"tickMeaning\": %s,".formatted(meaning));
    }

    @Test
    void theSameSpecGivesTheSameText() {
        assertThat(SpecJson.write(SpecJson.read(SpecJson.write(STREAMING))))
                .isEqualTo(SpecJson.write(STREAMING));
    }

    @Test
    void aForeignSpecIsReadAsItIsWrittenByHand() {
        ForecastSpec spec = SpecJson.read(FOREIGN);

        assertThat(spec.architecture())
                .isEqualTo(
                        new ForeignArchitecture(
                                new ForeignTensor("past_values", "BT1"),
                                new ForeignTensor("past_observed_mask", "BT1"),
                                new ForeignTensor("quantiles", "BHQ"),
                                null,
                                false));
        assertThat(SpecJson.read(SpecJson.write(spec))).isEqualTo(spec);
    }

    @Test
    void theKindSaysWhichNetworkItIs() {
        assertThat(SpecJson.write(CONVOLUTION))
                .contains(
                        "{\"kind\":\"convolution\",\"patchLength\":4,\"kernelSize\":3,"
                                + "\"dilations\":[1,2],\"width\":16}");
        assertThat(
                        SpecJson.write(
                                ForecastSpec.of(
                                        60_000, 9, 4, LinearArchitecture.of(Variant.NLINEAR, 9))))
                .contains(
                        "{\"kind\":\"linear\",\"variant\":\"NLINEAR\",\"patchLength\":9,"
                                + "\"movingAverage\":0}");
    }

    @Test
    void whatCannotBeReadIsNamed() {
        assertRefused("{", "cannot be read from JSON");
        assertRefused(FOREIGN.replace("tickMillis", "tickMilis"), "at tickMillis: it is missing");
        assertRefused(FOREIGN.replace("layout", "layuot"), "layout is null");
        assertRefused(FOREIGN.replace("BT1", "BX1"), "layout is BX1");
        assertRefused(FOREIGN.replace("BHQ", "BH"), "quantiles.layout is BH");
        assertRefused(FOREIGN.replace("BHQ", "BHQT"), "only the letters BHQ and 1");
        assertRefused(FOREIGN.replace("3600000", "0"), "tickMillis is 0");
        assertRefused(FOREIGN.replace("foreign", "alien"), "alien");
        assertRefused("", "cannot be read from JSON");
        assertRefused("null", "the spec is null");
        assertRefused(FOREIGN + "{}", "cannot be read from JSON");
    }

    @Test
    void numbersAreNotBentIntoShape() {
        assertRefused(FOREIGN.replace("3600000", "3600000.5"), "at tickMillis");
        assertRefused(FOREIGN.replace("3600000", "\"3600000\""), "at tickMillis");
        assertRefused(FOREIGN.replace("3600000", "1e300"), "at tickMillis");
        assertRefused(
                FOREIGN.replace("\"tickMillis\"", "\"tickMillis\":1,\"tickMillis\""),
                "Duplicate field");
    }

    @Test
    void aSpecAsksForNoMemoryThatNobodyHas() {
        String own = SpecJson.write(TestSpecs.streaming(60_000, 1, 1, 4, 1, 8, 2, 16));
        assertRefused(own.replace("\"layers\":1", "\"layers\":2000000000"), "layers is 2000000000");
        assertRefused(own.replace("\"width\":8", "\"width\":2000000000"), "width is 2000000000");
        assertRefused(own.replace("\"horizon\":4", "\"horizon\":2000000000"), "horizon is");
        assertRefused(
                SpecJson.write(TestSpecs.vanilla(60_000, 6, 2, 1, 8, 2, 16))
                        .replace("\"contextLength\":6", "\"contextLength\":2000000000"),
                "contextLength is 2000000000");
    }

    private static void assertRefused(String json, String words) {
        assertThatThrownBy(() -> SpecJson.read(json))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(words);
    }

    @Test
    void metadataComesBackFromItsProperties() {
        ModelMetadata metadata = new ModelMetadata(STREAMING, "meters", "3", "abc", "0.1");

        assertThat(ModelMetadata.fromProperties(metadata.toProperties())).contains(metadata);
        assertThat(ModelMetadata.fromProperties(Map.of("other", "property"))).isEmpty();
        assertThatThrownBy(() -> ModelMetadata.fromProperties(Map.of("tickformer.spec", "{}")))
                .isInstanceOf(SpecException.class);
    }
}
