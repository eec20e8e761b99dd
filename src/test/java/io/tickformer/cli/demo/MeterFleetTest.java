package io.tickformer.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.console.UserError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MeterFleetTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    @Test
    void theSameSeedGivesTheSameDeliveries() {
        assertThat(deliveries(6, 3, 200)).isEqualTo(deliveries(6, 3, 200));
    }

    @Test
    void anotherSeedGivesOtherDeliveries() {
        assertThat(deliveries(6, 3, 50)).isNotEqualTo(deliveries(6, 4, 50));
    }

    @Test
    void deliveriesStayTheSameFromReleaseToRelease() {
        // The model in models/ was trained from this fleet: its load must not change unnoticed.
        double sum = 0;
        for (SimulatedRecord delivery : deliveries(3, FleetSettings.DEFAULT_SEED, 48)) {
            if (delivery.fault() == SimulatedRecord.Fault.NONE) {
                sum += delivery.value();
            }
        }
        assertThat(sum).isCloseTo(4326.851, within(1e-6));
    }

    @Test
    void deliveriesOfATickArriveInItAndInOrder() {
        MeterFleet fleet = new MeterFleet(FleetSettings.of(12, 5));
        long start = fleet.startMillis();
        for (int tick = 0; tick < 100; tick++) {
            long previous = start;
            for (SimulatedRecord delivery : fleet.next()) {
                assertThat(delivery.arrivalMillis()).isBetween(previous, start + HOUR - 1);
                previous = delivery.arrivalMillis();
            }
            start += HOUR;
        }
    }

    @Test
    void everyMishapOfTheRoadHappens() {
        List<SimulatedRecord> deliveries = deliveries(24, FleetSettings.DEFAULT_SEED, 24 * 20);
        Set<SimulatedRecord.Fault> faults = EnumSet.noneOf(SimulatedRecord.Fault.class);
        Map<String, Set<Long>> seen = new HashMap<>();
        Map<String, Long> newest = new HashMap<>();
        int twice = 0;
        int late = 0;
        int longGaps = 0;
        for (SimulatedRecord delivery : deliveries) {
            faults.add(delivery.fault());
            if (delivery.fault() != SimulatedRecord.Fault.NONE) {
                continue;
            }
            long time = delivery.eventTimeMillis();
            if (!seen.computeIfAbsent(delivery.series(), any -> new HashSet<>()).add(time)) {
                twice++;
            }
            long before = newest.getOrDefault(delivery.series(), time);
            if (time < before) {
                late++;
            } else {
                longGaps += time - before > HOUR ? 1 : 0;
                newest.put(delivery.series(), time);
            }
        }
        assertThat(faults).containsExactlyInAnyOrder(SimulatedRecord.Fault.values());
        assertThat(twice).isPositive();
        assertThat(late).isPositive();
        assertThat(longGaps).isPositive();
    }

    @Test
    void theLoadOfAWorkingDayRepeatsTheDayBefore() {
        Weather weather = new Weather(1);
        Meter meter = new Meter("business", true, new PortableRandom(1));
        Map<Long, Double> byHour = new TreeMap<>();
        long start = FleetSettings.of(1, 1).startMillis();
        for (int hour = 0; hour < 24 * 7; hour++) {
            byHour.put(
                    (long) hour, meter.read(start + hour * HOUR, weather.at(start + hour * HOUR)));
        }
        double noon = byHour.get(36L);
        assertThat(noon).isGreaterThan(2 * byHour.get(26L)); // Tuesday: noon against two at night
        assertThat(byHour.get(60L)).isBetween(noon * 0.6, noon * 1.6); // Wednesday noon
        assertThat(byHour.get(132L)).isLessThan(noon * 0.7); // Saturday noon
    }

    @Test
    void noMetersAreRefused() {
        assertThatThrownBy(() -> FleetSettings.of(0, 1))
                .isInstanceOf(UserError.class)
                .hasMessage("meters is 0; expected 1 to 100,000 meters");
    }

    private static List<SimulatedRecord> deliveries(int meters, long seed, int ticks) {
        MeterFleet fleet = new MeterFleet(FleetSettings.of(meters, seed));
        List<SimulatedRecord> all = new ArrayList<>();
        for (int tick = 0; tick < ticks; tick++) {
            all.addAll(fleet.next());
        }
        return all;
    }
}
