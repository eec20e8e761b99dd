package io.tickformer.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.context.ContextChange;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.Tick;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FleetTicksTest {
    private static final int SERIES = 1_000;
    private static final int T = 34;

    private final FleetTicks ticks = new FleetTicks(SERIES, T);

    @Test
    void twoTicksOfASeriesFillItsRingAndTheLateOneForecastsNothing() {
        SeriesContext context = new SeriesContext(T, 1, FleetTicks.MEANING.empty());

        assertThat(update(context, 0)).isEqualTo(ContextChange.STARTED);
        assertThat(update(context, 1)).isEqualTo(ContextChange.REVISED);

        assertThat(context.spans(T)).isTrue();
        assertThat(context.observedTicks()).isEqualTo(T);
        assertThat(update(context, 2)).isEqualTo(ContextChange.APPENDED);
        assertThat(update(context, 3)).isEqualTo(ContextChange.APPENDED);
    }

    private ContextChange update(SeriesContext context, long round) {
        Tick tick = ticks.map(round * SERIES + 7);
        return context.update(tick.index(), tick.values());
    }

    @Test
    void everySeriesHasATickInEveryRound() {
        Set<String> keys = new HashSet<>();
        for (long number = 2 * SERIES; number < 3 * SERIES; number++) {
            Tick tick = ticks.map(number);
            assertThat(tick.index()).isEqualTo(T);
            assertThat(tick.value()).isBetween(90.0, 110.0);
            keys.add(tick.series());
        }
        assertThat(keys).hasSize(SERIES);
        assertThat(ticks.map(3L * SERIES).series()).isEqualTo(ticks.map(2L * SERIES).series());
    }
}
