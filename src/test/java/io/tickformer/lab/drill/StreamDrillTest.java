package io.tickformer.lab.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.Observation;
import io.tickformer.testing.TestSpecs;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class StreamDrillTest {
    private static final DrillGrid GRID =
            DrillGrid.of(TestSpecs.streaming(60_000, 8, 16, 12, 2, 16, 2, 32), 6, 2);

    private static final List<TransmissionCase> ALL = TransmissionCatalogue.of(false);
    private static final int TICKS = 4 * GRID.patch();

    @Test
    void namesAreUniqueAndEveryQuickCaseIsOneOfAll() {
        List<String> names = ALL.stream().map(TransmissionCase::name).toList();

        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(15);
        assertThat(names)
                .containsAll(
                        TransmissionCatalogue.of(true).stream()
                                .map(TransmissionCase::name)
                                .toList());
    }

    @Test
    void theSameCaseIsTheSameStreamEveryTime() {
        for (TransmissionCase each : ALL) {
            assertThat(new StreamDrill(GRID, each).arrivals())
                    .as(each.name())
                    .isEqualTo(new StreamDrill(GRID, each).arrivals());
        }
    }

    @Test
    void theCleanStreamHoldsTheSameReadingsOnceInOrderOfTheirTimes() {
        for (TransmissionCase each : ALL) {
            StreamDrill drill = new StreamDrill(GRID, each);
            List<Observation> clean = observations(drill.cleanArrivals());

            assertThat(clean)
                    .as(each.name())
                    .doesNotHaveDuplicates()
                    .isSortedAccordingTo(Comparator.comparingLong(Observation::eventTimeMillis));
            assertThat(new HashSet<>(clean))
                    .as(each.name())
                    .isEqualTo(new HashSet<>(observations(drill.arrivals())));
        }
    }

    @Test
    void everyForecastOfAStreamInOrderIsDue() {
        assertThat(due("twice")).isEqualTo(5L * TICKS);
        assertThat(due("quiet")).isEqualTo(TICKS);
        assertThat(due("jitter")).isEqualTo(5L * TICKS);
    }

    @Test
    void aSeriesThatIsWhollyLateIsDueAsTheOthersAre() {
        assertThat(due("late-device")).isEqualTo(5L * TICKS);
        assertThat(due("by-series")).isEqualTo(5L * TICKS);
        assertThat(due("away")).isEqualTo(5L * TICKS);
        assertThat(due("device-backlog")).isEqualTo(5L * TICKS);
        assertThat(due("clock-ahead")).isEqualTo(5L * TICKS);
    }

    @Test
    void whatAClockThatIsBehindTellsIsOfThePastAndNotDue() {
        assertThat(due("clock-behind")).isEqualTo(4L * TICKS);
    }

    @Test
    void aReadingThatComesOnceItsSeriesHasMovedOnIsFilledInAndNotDue() {
        assertThat(due("out-of-order")).isBetween(2L * TICKS, 5L * TICKS - 1);
    }

    @Test
    void thePastBackwardsBeginsWithItsLastReading() {
        List<Observation> sent = observations(new StreamDrill(GRID, named("backwards")).arrivals());

        long begin = GRID.millis(GRID.at());
        assertThat(sent.get(0).eventTimeMillis()).isBetween(begin - GRID.tickMillis(), begin);
        assertThat(sent.subList(0, 5 * GRID.at()))
                .isSortedAccordingTo(
                        Comparator.comparingLong(Observation::eventTimeMillis).reversed());
        assertThat(sent.get(5 * GRID.at()).eventTimeMillis()).isEqualTo(begin);
    }

    @Test
    void aPartitionThatIsAwayComesBackWithAllItHas() {
        List<DrillStream.Arrival> arrivals = new StreamDrill(GRID, named("away")).arrivals();
        Set<String> second =
                arrivals.stream()
                        .filter(each -> each.partition() == 1)
                        .map(each -> each.observation().series())
                        .collect(Collectors.toSet());

        assertThat(second).containsExactlyInAnyOrder("series-1", "series-3");
        assertThat(arrivals).hasSize(5 * (GRID.at() + TICKS));
    }

    private static long due(String name) {
        StreamDrill drill = new StreamDrill(GRID, named(name));
        CollectedForecasts none = new CollectedForecasts(GRID.steps());
        return drill.score(none, none).expected();
    }

    @Test
    void aForecastThatIsMissingOrComesTwiceIsCounted() {
        StreamDrill drill = new StreamDrill(GRID, named("quiet"));
        CollectedForecasts forecasts = new CollectedForecasts(GRID.steps());
        for (int tick = GRID.at() + 1; tick < GRID.at() + TICKS; tick++) {
            forecasts.add(forecast(tick));
        }
        forecasts.add(forecast(GRID.at() + 1));

        CaseScore score = drill.score(forecasts, forecasts);
        assertThat(score.forecasts()).isEqualTo(TICKS);
        assertThat(score.expected()).isEqualTo(TICKS);
        assertThat(score.missing()).isEqualTo(1);
        assertThat(score.repeated()).isEqualTo(1);
        assertThat(Bound.NONE.broken(score)).isEqualTo("forecasts missing, forecasts twice");
        assertThat(score.errorRatio()).isEqualTo(1);
    }

    private static Forecast forecast(int tick) {
        return new Forecast(
                "series-0",
                GRID.index(tick),
                GRID.millis(tick),
                GRID.tickMillis(),
                new double[] {0.1, 0.5, 0.9},
                new double[] {1, 2, 3},
                new double[] {2},
                "model",
                "1",
                10,
                ForecastQuality.OK);
    }

    private static TransmissionCase named(String name) {
        return ALL.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    private static List<Observation> observations(List<DrillStream.Arrival> arrivals) {
        return arrivals.stream().map(DrillStream.Arrival::observation).toList();
    }
}
