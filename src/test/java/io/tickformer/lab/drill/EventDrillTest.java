package io.tickformer.lab.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Observation;
import io.tickformer.event.Tick;
import io.tickformer.event.TickAggregate;
import io.tickformer.testing.TestSpecs;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class EventDrillTest {
    private static final DrillGrid GRID =
            DrillGrid.of(TestSpecs.streaming(60_000, 8, 16, 12, 2, 16, 2, 32), 6, 2);

    @Test
    void theCleanStreamHasTheAggregateOfEveryTickAndZeroWhereThereWasNoEvent() {
        for (CountedEventsCase each : CountedEventsCase.of(false)) {
            EventDrill drill = new EventDrill(GRID, each);
            Map<String, Map<Long, Double>> gathered = gathered(drill.arrivals(), each.aggregate());

            int zeros = 0;
            for (DrillStream.Arrival arrival : drill.cleanArrivals()) {
                Observation reading = arrival.observation();
                long index = Tick.indexOf(reading.eventTimeMillis(), GRID.tickMillis());
                double value = gathered.get(reading.series()).getOrDefault(index, 0.0);
                assertThat(reading.value()).as(each.name()).isEqualTo(value);
                zeros += value == 0 ? 1 : 0;
            }
            assertThat(zeros).as(each.name()).isGreaterThan(drill.cleanArrivals().size() / 3);
        }
    }

    @Test
    void aForecastIsDueAtEveryTickOfALivingSeries() {
        EventDrill drill = new EventDrill(GRID, CountedEventsCase.of(true).get(0));
        CollectedForecasts none = new CollectedForecasts(GRID.steps());

        assertThat(drill.score(none, none).expected()).isEqualTo(6L * 4 * GRID.patch());
    }

    @Test
    void theSameCaseIsTheSameStreamEveryTime() {
        for (CountedEventsCase each : CountedEventsCase.of(false)) {
            assertThat(new EventDrill(GRID, each).arrivals())
                    .isEqualTo(new EventDrill(GRID, each).arrivals());
        }
    }

    private static Map<String, Map<Long, Double>> gathered(
            List<DrillStream.Arrival> arrivals, TickAggregate aggregate) {
        Map<String, Map<Long, Double>> values = new TreeMap<>();
        for (DrillStream.Arrival arrival : arrivals) {
            Observation event = arrival.observation();
            values.computeIfAbsent(event.series(), series -> new TreeMap<>())
                    .merge(
                            Tick.indexOf(event.eventTimeMillis(), GRID.tickMillis()),
                            aggregate == TickAggregate.COUNT ? 1 : event.value(),
                            Double::sum);
        }
        return values;
    }
}
