package io.tickformer.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.Observation;
import io.tickformer.event.Tick;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final long TICK = 1000;

    private final EventStream events = new EventStream(5, 2, 3, TICK);

    @Test
    void everySeriesHasItsEventsInEveryTick() {
        Map<String, Integer> counts = new HashMap<>();
        for (long i = 20; i < 30; i++) {
            Observation event = events.event(i);
            assertThat(events.tick(i)).isEqualTo(2);
            assertThat(events.tickOfIndex(Tick.indexOf(event.eventTimeMillis(), TICK)))
                    .isEqualTo(2);
            counts.merge(event.series(), 1, Integer::sum);
        }
        assertThat(counts).hasSize(5).values().containsOnly(2);
    }

    @Test
    void eventTimesNeverGoBack() {
        for (long i = 1; i < 40; i++) {
            assertThat(events.event(i).eventTimeMillis())
                    .isGreaterThanOrEqualTo(events.event(i - 1).eventTimeMillis());
        }
    }

    @Test
    void aSeriesStaysInItsPartition() {
        Map<String, Integer> partitions = new HashMap<>();
        for (long i = 0; i < 40; i++) {
            int partition = events.partition(i);
            assertThat(partitions.merge(events.event(i).series(), partition, (a, b) -> b))
                    .isEqualTo(partitions.get(events.event(i).series()));
            assertThat(partition).isBetween(0, 2);
        }
    }

    @Test
    void aTickIsCompleteOnceEveryPartitionHasAnEventOfTheNext() {
        Set<Integer> seen = new TreeSet<>();
        for (long i = 10; i < 20; i++) {
            boolean first = seen.add(events.partition(i));
            assertThat(events.completesTick(i)).isEqualTo(first && seen.size() == 3);
        }
        assertThat(events.completesTick(2)).as("there is no tick before the first").isFalse();
    }

    @Test
    void aPartitionWithoutASeriesIsRefused() {
        assertThatThrownBy(() -> new EventStream(2, 1, 3, TICK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 series on 3 partitions; expected at least one series per partition");
    }
}
