package io.tickformer.lab.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Tick;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SoakTicksTest {
    private static final int SERIES = 7;
    private static final int LIFETIME = 5;

    @Test
    void everySeriesLivesForAWhileAndSoManyLiveAtATime() {
        SoakTicks ticks = new SoakTicks(SERIES, LIFETIME);
        Map<String, Set<Long>> lives = new HashMap<>();
        for (long round = 0; round < 10L * LIFETIME; round++) {
            Set<String> living = new HashSet<>();
            for (int place = 0; place < SERIES; place++) {
                Tick tick = ticks.map(round * SERIES + place);
                assertThat(tick.index()).isEqualTo(round);
                living.add(tick.series());
                lives.computeIfAbsent(tick.series(), any -> new HashSet<>()).add(round);
            }
            assertThat(living).hasSize(SERIES);
        }
        assertThat(lives).hasSizeGreaterThan(9 * SERIES);
        assertThat(lives.values()).allMatch(life -> life.size() <= LIFETIME);
        assertThat(lives.values())
                .filteredOn(life -> life.size() == LIFETIME)
                .hasSizeGreaterThan(50);
    }
}
