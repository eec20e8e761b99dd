package io.tickformer.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class EngineRunTest {
    @Test
    void whatIsTypicalIsTheMeanOverCallsOfTheMedianOverRounds() {
        List<double[]> rounds =
                List.of(new double[] {1, 10}, new double[] {900, 11}, new double[] {2, 900});

        assertThat(EngineRun.typical(rounds)).isEqualTo((2 + 11) / 2.0);
    }

    @Test
    void variantsAreComparedWithTheFirstOfTheirCase() {
        EngineVariant first = EngineVariant.of("context", 2, 3, 1, 16, 4);
        EngineVariant second = EngineVariant.of("context", 4, 3, 1, 16, 4);

        List<EngineFigures> figures = EngineRun.run(List.of(first, second), 3, 8);

        assertThat(figures).extracting(EngineFigures::variant).containsExactly(first, second);
        assertThat(figures.get(0).ratio()).isEqualTo(1);
        assertThat(figures.get(1).ratio() * figures.get(0).micros())
                .isCloseTo(figures.get(1).micros(), within(1e-9));
        assertThat(figures)
                .allSatisfy(
                        each -> {
                            assertThat(each.micros()).isPositive();
                            assertThat(each.hitRate()).isEqualTo(1);
                        });
        assertThat(figures.get(1).bytesPerSeries()).isEqualTo(2 * figures.get(0).bytesPerSeries());
        assertThat(figures.get(0).values()).hasSameSizeAs(EngineFigures.COLUMNS.toArray());
    }

    @Test
    void seriesWithoutRoomAreRecomputed() {
        EngineVariant whole = EngineVariant.of("series", 2, 3, 1, 16, 128);
        EngineVariant quarter =
                new EngineVariant(whole.ofCase(), whole.spec(), whole.series(), 0.25);

        List<EngineFigures> figures = EngineRun.run(List.of(whole, quarter), 2, 1);

        assertThat(figures).extracting(EngineFigures::hitRate).containsExactly(1.0, 0.25);
    }

    @Test
    void seriesThatDoNotFillTheirMicroBatchesAreRefused() {
        assertThatThrownBy(() -> EngineVariant.of("series", 2, 3, 1, 16, 100))
                .hasMessage("100 series; expected at most 64, or a multiple of that");
    }

    @Test
    void eachCaseVariesOneThingAndHasRoomForItsSeries() {
        for (boolean quick : new boolean[] {true, false}) {
            List<List<EngineVariant>> cases = new EngineCases(quick).all();
            assertThat(cases)
                    .extracting(each -> each.get(0).ofCase())
                    .containsExactly("context", "window", "layers", "width", "series");
            assertThat(cases.get(0))
                    .allSatisfy(
                            each ->
                                    assertThat(each.spec().contextLength())
                                            .isEqualTo(34 * each.spec().network().patchLength()));
        }
    }
}
