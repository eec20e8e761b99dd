package io.tickformer.lab.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.testing.TestSpecs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ValueCatalogueTest {
    /** P = 8, T = 8 (2 x 15 + 1) = 248. */
    private static final DrillGrid GRID =
            DrillGrid.of(TestSpecs.streaming(60_000, 8, 16, 12, 2, 16, 2, 32), 6, 2);

    private static final List<ValueCase> ALL = ValueCatalogue.of(GRID, false, true);

    @Test
    void namesAreUniqueAndEveryQuickCaseIsOneOfAll() {
        List<String> names = names(ALL);

        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(50);
        assertThat(names).containsAll(names(ValueCatalogue.of(GRID, true, true)));
    }

    @Test
    void theSameCaseIsTheSameSeriesEveryTime() {
        for (ValueCase each : ALL) {
            assertThat(strike(each).dirty().sent())
                    .as(each.name())
                    .containsExactly(strike(each).dirty().sent());
        }
    }

    @Test
    void everyFaultLeavesTheCleanSeriesAloneAndStrikesWhenItSays() {
        for (ValueCase each : ALL) {
            CleanSeries subject = subject(each);
            double[] before = subject.values().clone();
            SeriesPair specimen =
                    each.fault().strike(GRID, subject, each.end(GRID), new SplittableRandom(1));

            assertThat(subject.values()).as(each.name()).containsExactly(before);
            assertThat(specimen.dirty().sent()).as(each.name()).hasSize(each.end(GRID));
            assertThat(specimen.clean().sent()).as(each.name()).hasSize(each.end(GRID));
            assertThat(specimen.dirty().values().length)
                    .as(each.name())
                    .isEqualTo(each.end(GRID) + GRID.steps());
        }
    }

    @Test
    void aBadReadingChangesWhatIsSentAndNotWhatIsTrue() {
        SeriesPair spike = strike(named("spike-1e6"));

        assertThat(differing(spike)).containsExactly(GRID.at());
        assertThat(spike.dirty().values()).containsExactly(spike.clean().values());
        assertThat(spike.dirty().sent()[GRID.at()] - spike.clean().sent()[GRID.at()])
                .isCloseTo(1e6 * spike.spread(), within(1e-3));
    }

    @Test
    void aRunOfBadReadingsEndsWithTheFault() {
        SeriesPair stuck = strike(named("stuck-12"));

        int first = GRID.at() - 11;
        assertThat(differing(stuck)).first().isEqualTo(first);
        assertThat(differing(stuck)).last().isEqualTo(GRID.at());
        for (int tick = first; tick <= GRID.at(); tick++) {
            assertThat(stuck.dirty().sent()[tick]).isEqualTo(stuck.clean().sent()[first - 1]);
        }
    }

    @Test
    void scatteredBadReadingsAreAsManyAsSaid() {
        SeriesPair scattered = strike(named("spikes-5%"));

        assertThat(differing(scattered).size()).isBetween(GRID.at() * 2 / 100, GRID.at() * 9 / 100);
        assertThat(differing(scattered)).last().isEqualTo(GRID.at());
    }

    @Test
    void aShiftLastsAndIsTrue() {
        SeriesPair shift = strike(named("shift-5"));

        assertThat(differing(shift)).first().isEqualTo(GRID.at());
        assertThat(differing(shift)).hasSize(shift.dirty().sent().length - GRID.at());
        int later = GRID.at() + 30;
        assertThat(shift.dirty().truth(later))
                .isEqualTo(shift.dirty().sent()[later])
                .isCloseTo(shift.clean().truth(later) - 5 * shift.spread(), within(1e-9));
    }

    @Test
    void whatIsTheSameInAnotherUnitDiffersByScaleAndOffsetAlone() {
        for (String name : List.of("scale-1e-9", "level+1e6", "frequency", "register")) {
            SeriesPair other = strike(named(name));
            for (int tick = 0; tick < other.clean().values().length; tick++) {
                double wanted = other.scale() * other.clean().truth(tick) + other.offset();
                assertThat(other.dirty().truth(tick))
                        .as(name)
                        .isCloseTo(wanted, within(1e-6 * other.scale() * other.spread()));
            }
        }
    }

    @Test
    void aGapIsMissingAndNoForecastIsDueInIt() {
        SeriesPair gap = strike(named("gap-patch"));

        for (int tick = GRID.at() - GRID.patch(); tick < GRID.at(); tick++) {
            assertThat(gap.dirty().sent()[tick]).isNaN();
        }
        assertThat(gap.dirty().readingsFrom(GRID.at() - GRID.patch()))
                .isEqualTo(gap.clean().readingsFrom(GRID.at()));
    }

    @Test
    void aStuckStartIsConstantUntilTheSeriesLives() {
        SeriesPair stuck = strike(named("stuck-start"));

        double[] sent = stuck.dirty().sent();
        assertThat(sent[GRID.at() - 100]).isNaN();
        assertThat(
                        new HashSet<>(
                                List.of(
                                        sent[GRID.at() - 99],
                                        sent[GRID.at() - 9],
                                        sent[GRID.at()])))
                .hasSize(1);
        assertThat(sent[GRID.at() + 2]).isEqualTo(stuck.dirty().truth(GRID.at() + 2));
    }

    private static List<String> names(List<ValueCase> cases) {
        return cases.stream().map(ValueCase::name).toList();
    }

    private static ValueCase named(String name) {
        return ALL.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    private static CleanSeries subject(ValueCase each) {
        return CleanSeries.of(0, each.end(GRID) + GRID.steps());
    }

    private static SeriesPair strike(ValueCase each) {
        return each.fault().strike(GRID, subject(each), each.end(GRID), new SplittableRandom(1));
    }

    private static List<Integer> differing(SeriesPair specimen) {
        List<Integer> ticks = new ArrayList<>();
        for (int tick = 0; tick < specimen.dirty().sent().length; tick++) {
            if (specimen.dirty().sent()[tick] != specimen.clean().sent()[tick]) {
                ticks.add(tick);
            }
        }
        return ticks;
    }
}
